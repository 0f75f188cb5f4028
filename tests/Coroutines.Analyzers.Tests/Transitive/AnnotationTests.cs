using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Direct = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingCallAnalyzer>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TransitiveBlockingAnalyzer>;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary><c>[Blocking]</c> and <c>[NonBlocking]</c>, and what the rules make of them.</summary>
public sealed class AnnotationTests
{
    private static string Calling(string statement, string members) => InClass($$"""
        {{members}}

        [Coroutine]
        static async Coroutine Run(Scene scene)
        {
            {{statement}}
            await Coroutine.Yield();
        }
        """);

    [Theory]
    [InlineData("{|CORO101:Spin|}();", "[Blocking] static void Spin() { }")]
    [InlineData("int n = scene.{|CORO101:Size|};", "[Blocking] int Size => 1;")]
    [InlineData("int n = scene.{|CORO101:Size|};", "int Size { [Blocking] get => 1; }")]
    [InlineData("var s = new {|CORO101:Scene|}(1);", "[Blocking] Scene(int n) { } Scene() { }")]
    [InlineData("new Inner().{|CORO101:Spin|}();", "[Blocking] class Inner { public void Spin() { } }")]
    [InlineData("new B().{|CORO101:Spin|}();", "class A { [Blocking] public virtual void Spin() { } } class B : A { public override void Spin() { } }")]
    [InlineData("new B().{|CORO101:Spin|}();", "interface A { [Blocking] void Spin(); } class B : A { public void Spin() { } }")]
    public Task A_member_marked_Blocking_is_a_blocking_call(string statement, string members) => Direct.Finds(Calling(statement, members));

    [Fact]
    public Task It_is_found_through_others_too() => Rule.Finds(Calling("{|CORO105:Helper|}();", "[Blocking] static void Spin() { } static void Helper() => Spin();"));

    [Fact]
    public async Task The_advice_of_the_annotation_ends_the_message()
    {
        Assert.EndsWith("; use Wait", await Direct.Message(Calling("{|CORO101:Spin|}();", "[Blocking(\"use Wait\")] static void Spin() { }")));
        Assert.EndsWith("; use 'await loop.RunInExecutor(…)'", await Direct.Message(Calling("{|CORO101:Spin|}();", "[Blocking] static void Spin() { }")));
    }

    [Theory]
    [InlineData("Quick();", "[NonBlocking] static void Quick() => Thread.Sleep(0);")]
    [InlineData("Helper();", "static void Helper() => Quick(); [NonBlocking(\"for a reason\")] static void Quick() => Thread.Sleep(0);")]
    [InlineData("int n = scene.Size;", "[NonBlocking] int Size { get { Thread.Sleep(0); return 1; } }")]
    [InlineData("Inner.Quick();", "[NonBlocking] static class Inner { public static void Quick() => Thread.Sleep(0); }")]
    [InlineData("new List<int>().ForEach(Quick);", "[NonBlocking] static void Quick(int n) => Thread.Sleep(n);")]
    public async Task A_member_marked_NonBlocking_ends_the_search(string statement, string members)
    {
        await Rule.Finds(Calling(statement, members));
        await Direct.Finds(Calling(statement, members));
    }

    [Fact]
    public Task An_override_of_a_listed_member_can_be_marked_NonBlocking() => Direct.Finds(Calling(
        "new Memory().Read([], 0, 1);", "abstract class Wire : System.IO.MemoryStream { } class Memory : Wire { [NonBlocking] public override int Read(byte[] buffer, int offset, int count) => 0; }"));
}
