using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fix = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.BlockingAnnotationAnalyzer, Coroutines.CodeFixes.RemoveAnnotationFix>;

namespace Coroutines.Analyzers.Tests.Annotations;

public sealed class RemoveAnnotationFixTests
{
    [Fact]
    public async Task The_attribute_goes() => Assert.Equal("Remove [NonBlocking]", await Fix.Gives(
        InClass("/// <summary>Fast.</summary>\n[{|CORO702:NonBlocking|}]\nstatic void Quick() => Thread.Sleep(1);"),
        InClass("/// <summary>Fast.</summary>\nstatic void Quick() => Thread.Sleep(1);")));

    [Fact]
    public Task Others_beside_it_stay() => Fix.Gives(
        InClass("[Obsolete, {|CORO703:NonBlocking|}]\nstatic void Quick() { }"),
        InClass("[Obsolete]\nstatic void Quick() { }"));

    [Fact]
    public Task All_go_at_once() => Fix.GivesAll(
        InClass("[{|CORO702:NonBlocking|}]\nstatic void A() => Thread.Sleep(1);\n\n[{|CORO702:NonBlocking|}]\nstatic void B() => Thread.Sleep(1);"),
        InClass("static void A() => Thread.Sleep(1);\n\nstatic void B() => Thread.Sleep(1);"));
}
