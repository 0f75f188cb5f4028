using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Coroutines.Analyzers.Tests.Harness;

public sealed class MarkedSourceTests
{
    [Fact]
    public void Marks_are_removed_from_the_text_and_become_findings()
    {
        var source = MarkedSource.Parse("a {|R2:b|} [|c|]", "R1");
        Assert.Equal("a b c", source.Text);
        Assert.Equal([new Finding("R2", new TextSpan(2, 1)), new Finding("R1", new TextSpan(4, 1))], source.Findings);
    }

    [Fact]
    public void Marks_may_stand_inside_one_another()
    {
        var source = MarkedSource.Parse("[|a {|R2:b|}|]", "R1");
        Assert.Equal([new Finding("R1", new TextSpan(0, 3)), new Finding("R2", new TextSpan(2, 1))], source.Findings);
    }

    [Fact]
    public void Brackets_of_the_language_are_not_marks() =>
        Assert.Empty(MarkedSource.Parse("x is [1] or { Length: > 0 } | y").Findings);

    [Fact]
    public void Marking_the_text_gives_the_marked_source() =>
        Assert.Equal("a {|R2:b|} {|R1:c|}", MarkedSource.Parse("a {|R2:b|} [|c|]", "R1").Marked);

    [Fact]
    public void An_open_mark_is_refused() =>
        Assert.Throws<FormatException>(() => MarkedSource.Parse("{|R1:a"));
}
