using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingAnnotationAnalyzer>;

namespace Coroutines.Analyzers.Tests.Annotations;

/// <summary>CORO701 to CORO704 about attributes on members and types.</summary>
public sealed class BlockingAnnotationTests
{
    [Theory]
    [InlineData("[{|CORO702:NonBlocking|}] static void Quick() => Thread.Sleep(1);")]
    [InlineData("[{|CORO702:NonBlocking|}] static void Quick() => Slow(); static void Slow() => Thread.Sleep(1);")]
    [InlineData("[{|CORO702:NonBlocking|}] static int Quick { get { Thread.Sleep(1); return 1; } set => Thread.Sleep(2); }")]
    [InlineData("[{|CORO702:NonBlocking|}] class Inner { public void A() { } public void B() => Thread.Sleep(1); }")]
    public Task A_promise_that_the_body_contradicts_is_found(string members) => Rule.Finds(InClass(members));

    [Fact]
    public async Task The_message_shows_the_way_to_the_blocking_call() => Assert.Equal(
        "'Scene.Quick' is marked [NonBlocking], but leads to a blocking call: Scene.Quick → Thread.Sleep; remove the attribute, or give it the reason why that does not wait",
        await Rule.Message(InClass("[{|CORO702:NonBlocking|}] static void Quick() => Thread.Sleep(1);")));

    [Theory]
    [InlineData("[NonBlocking(\"it is set not to\")] static void Quick() => Thread.Sleep(1);")]
    [InlineData("[NonBlocking] static void Quick() { lock (typeof(Scene)) { } }")]
    [InlineData("[NonBlocking] static void Quick() => Console.WriteLine();")]
    [InlineData("abstract class Inner { [NonBlocking] public abstract void Quick(); [NonBlocking] public virtual void Quicker() { } }")]
    [InlineData("class Inner : System.IO.MemoryStream { [NonBlocking] public sealed override int Read(byte[] buffer, int offset, int count) => 0; }")]
    [InlineData("[Blocking] public static void Slow() => Thread.Sleep(1);")]
    [InlineData("[Blocking(\"use Faster\")] static void Slow() => Thread.Sleep(1);")]
    [InlineData("[Blocking] static void Slow() { while (true) { } }")]
    public Task Annotations_that_say_something_are_left_alone(string members) => Rule.Finds(InClass(members));

    [Theory]
    [InlineData("[{|CORO703:NonBlocking|}] static void Quick() { }")]
    [InlineData("[{|CORO703:NonBlocking(\"it is\")|}] static void Quick() { }")]
    [InlineData("[{|CORO703:NonBlocking|}] class Inner { public void A() { } public int B => 1; }")]
    [InlineData("[{|CORO703:Blocking|}] static void Slow() => Thread.Sleep(1);")]
    public Task Annotations_that_change_nothing_are_unnecessary(string members) => Rule.Finds(InClass(members));

    [Fact]
    public Task Of_two_annotations_the_promise_counts() => Rule.Finds(InClass("[{|CORO701:Blocking|}, NonBlocking(\"really\")] static void Both() => Thread.Sleep(1);"));

    [Theory]
    [InlineData("abstract class A { [NonBlocking] public abstract void Do(); } class B : A { public override void {|CORO704:Do|}() => Thread.Sleep(1); }")]
    [InlineData("interface A { [NonBlocking] void Do(); } class B : A { public void {|CORO704:Do|}() => Thread.Sleep(1); }")]
    [InlineData("interface A { [NonBlocking] int Size { get; } } class B : A { public int {|CORO704:Size|} { get { Thread.Sleep(1); return 1; } } }")]
    [InlineData("abstract class A { [NonBlocking] public abstract void Do(); } class B : A { [Blocking(\"spins\")] public override void {|CORO704:Do|}() { } }")]
    public Task An_override_that_breaks_the_promise_is_found(string members) => Rule.Finds(InClass(members));

    [Theory]
    [InlineData("abstract class A { [NonBlocking] public abstract void Do(); } class B : A { public override void Do() { } }")]
    [InlineData("abstract class A { public abstract void Do(); } class B : A { public override void Do() => Thread.Sleep(1); }")]
    [InlineData("abstract class A { [NonBlocking] public abstract void Do(); } class B : A { [NonBlocking(\"zero\")] public override void Do() => Thread.Sleep(0); }")]
    public Task An_override_that_keeps_it_is_not(string members) => Rule.Finds(InClass(members));
}
