using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Annotation = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingAnnotationAnalyzer>;
using Direct = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingCallAnalyzer>;
using Reach = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TransitiveBlockingAnalyzer>;

namespace Coroutines.Analyzers.Tests.Annotations;

/// <summary>What files and assembly attributes say about members, and CORO701 and CORO703 about these entries.</summary>
public sealed class BlockingEntryTests
{
    private const string Clean = "string s = \"a\".Trim();";
    private const string Trim = "M:System.String.Trim";

    private static TestFile File(params string[] lines) => TestFile.Blocking(lines);

    [Fact]
    public async Task A_listed_member_blocks()
    {
        Diagnostic found = Assert.Single(await Direct.Finds(InCoroutine("string s = \"a\".{|CORO101:Trim|}();"), null, File(Trim)));
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        Assert.EndsWith("; use 'await loop.RunInExecutor(…)'", found.GetMessage());
    }

    [Theory]
    [InlineData(Trim + " | use the other", DiagnosticSeverity.Warning, "use the other")]
    [InlineData(Trim + " | Park | never", DiagnosticSeverity.Error, "never")]
    [InlineData(Trim + " | Minor", DiagnosticSeverity.Info, "use 'await loop.RunInExecutor(…)'")]
    [InlineData("? " + Trim + " | it calls Socket.Send", DiagnosticSeverity.Info, "it calls Socket.Send")]
    public async Task The_line_says_how_and_what_to_do_instead(string line, DiagnosticSeverity severity, string advice)
    {
        Diagnostic found = Assert.Single(await Direct.Finds(InCoroutine("string s = \"a\".{|CORO101:Trim|}();"), null, File("# a comment", "", line)));
        Assert.Equal(severity, found.Severity);
        Assert.EndsWith("; " + advice, found.GetMessage());
    }

    [Fact]
    public Task A_member_can_be_taken_off_the_table() => Direct.Finds(
        InCoroutine("Thread.Sleep(1); Thread.{|CORO101:Sleep|}(time); string s = Environment.NewLine;"), null, File("- M:System.Threading.Thread.Sleep(System.Int32)"));

    [Fact]
    public async Task What_was_reviewed_counts_more_than_a_scan()
    {
        await Direct.Finds(InCoroutine(Clean), null, File("? " + Trim, "- " + Trim));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(await Direct.Finds(InCoroutine("string s = \"a\".{|CORO101:Trim|}();"), null, File("? " + Trim, Trim))).Severity);
    }

    [Fact]
    public Task Only_files_with_the_extension_are_read() => Direct.Finds(InCoroutine(Clean), null, new TestFile("/other.txt", Trim));

    [Fact]
    public Task An_attribute_of_the_assembly_says_the_same() => Direct.Finds(
        $"[assembly: Coroutines.BlockingApi(\"{Trim}\")]\n" + InCoroutine("string s = \"a\".{|CORO101:Trim|}();").Replace("using Coroutines;", "", StringComparison.Ordinal).Replace("[Coroutine]", "[Coroutines.Coroutine]", StringComparison.Ordinal)
            .Replace("Coroutine ", "Coroutines.Coroutine ", StringComparison.Ordinal).Replace("Coroutine<", "Coroutines.Coroutine<", StringComparison.Ordinal).Replace("await Coroutine.", "await Coroutines.Coroutine.", StringComparison.Ordinal));

    [Fact]
    public async Task Through_other_functions_a_reviewed_entry_warns_and_a_scan_informs()
    {
        string source = InClass("""
            static string Helper() => "a".Trim();

            [Coroutine]
            static async Coroutine Run() { {|CORO105:Helper|}(); await Coroutine.Yield(); }
            """);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(await Reach.Finds(source, null, File(Trim))).Severity);
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(await Reach.Finds(source, null, File("? " + Trim))).Severity);
    }

    [Theory]
    [InlineData("System.String.Trim", "'System.String.Trim' is not the documentation ID of a method, property or event, as 'M:Vendor.Client.Send(System.String)'")]
    [InlineData("T:System.String", "'T:System.String' is not the documentation ID")]
    [InlineData(Trim + " | Sometimes | wait", "'Sometimes' is not one of the kinds Park, InputOutput, Lock, Minor, Computation")]
    [InlineData("M:System.String.Trimm", "there is no 'M:System.String.Trimm' here")]
    [InlineData("- M:System.String.Trim(System.Int32)", "there is no 'M:System.String.Trim(System.Int32)' here")]
    public async Task Lines_that_mean_nothing_are_told_with_their_place(string line, string why)
    {
        Diagnostic found = Assert.Single(await Annotation.Finds(InCoroutine(""), null, File("# first", line)));
        Assert.Equal("CORO701", found.Id);
        Assert.Equal(("/vendor.blocking.txt", 1), (found.Location.GetLineSpan().Path, found.Location.GetLineSpan().StartLinePosition.Line));
        Assert.StartsWith("This has no effect: " + why, found.GetMessage());
    }

    [Fact]
    public async Task Of_two_entries_that_contradict_each_other_one_has_no_effect() => Assert.Equal(
        ["CORO701"], (await Annotation.Finds(InCoroutine(""), null, File(Trim, "- " + Trim))).Select(found => found.Id));

    [Theory]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32) | Park")]
    [InlineData("- " + Trim)]
    public async Task Lines_that_say_what_is_known_are_unnecessary(string line) => Assert.Equal(
        ["CORO703"], (await Annotation.Finds(InCoroutine(""), null, File(line))).Select(found => found.Id));

    [Theory]
    [InlineData("M:Vendor.Client.Send(System.String)")]
    [InlineData("? M:Vendor.Client.Send(System.String)")]
    [InlineData("? M:System.String.Trimm")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32) | Minor | it is short")]
    [InlineData("- M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData(Trim)]
    public Task Lines_that_say_something_are_left_alone(string line) => Annotation.Finds(InCoroutine(""), null, File(line));

    [Fact]
    public Task An_attribute_with_a_wrong_ID_is_found() => Annotation.Finds("[assembly: {|CORO701:Coroutines.BlockingApi(\"M:Vendor.Client.Send\")|}]");
}
