using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.DroppedCoroutineAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class DroppedCoroutineTests
{
    [Theory]
    [InlineData("[|Other()|];")]
    [InlineData("[|Count()|];")]
    [InlineData("[|Scene.Other()|];")]
    [InlineData("if (milliseconds > 0) [|Other()|];")]
    [InlineData("for ([|Other()|]; ; [|Count()|]) { }")]
    [InlineData("Func<Coroutine> f = Other; [|f()|];")]
    [InlineData("_ = [|Other()|];")]
    [InlineData("var _ = [|Other()|];")]
    [InlineData("var c = [|Other()|];")]
    [InlineData("Coroutine<int> c = [|Count()|];")]
    [InlineData("Coroutine c; c = [|Other()|];")]
    [InlineData("var c = [|Other()|]; c = [|Other()|];")]
    [InlineData("Coroutine a = [|Other()|], b = Other(); await b;")]
    public Task A_coroutine_that_nothing_gets_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await Other();")]
    [InlineData("int n = await Count();")]
    [InlineData("_ = EventLoop.Current.Spawn(Other());")]
    [InlineData("var c = Other(); await c;")]
    [InlineData("Coroutine c; c = Other(); await c;")]
    [InlineData("var c = Other(); Action a = () => _ = c;")]
    [InlineData("var c = Other(); Keep(c); static void Keep(Coroutine kept) { }")]
    [InlineData("var all = new[] { Other(), Other() };")]
    [InlineData("Coroutine c = default;")]
    [InlineData("EventLoop.Run(Other());")]
    [InlineData("Func<Coroutine> f = () => Other();")]
    [InlineData("task.ToString();")]
    public Task One_that_something_gets_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task It_is_found_in_ordinary_code_too() => Rule.Finds(InClass("""
        static async Coroutine Work() => await Coroutine.Yield();
        async Coroutine Instance() => await Coroutine.Yield();

        static void Synchronous() { [|Work()|]; }
        static void Expression() => [|Work()|];
        static async Task Asynchronous(Scene? scene) { [|scene?.Instance()|]; await Task.Yield(); }
        static Action s_action = () => [|Work()|];
        static Func<Coroutine> s_func = async () => [|Work()|];
        Scene() => [|Work()|];
        """));

    [Fact]
    public Task A_generator_style_coroutine_is_one_too() => Rule.Finds(InClass("""
        [Coroutine] static IEnumerator<ILoopAwaitable?> Once() { [|Once()|]; var c = [|Many()|]; _ = [|Once()|]; yield return Once().AsCoroutine(); [|Once().AsCoroutine()|]; }
        [Coroutine] static IEnumerable<ILoopAwaitable?> Many() { yield return null; }
        [Coroutine] static async Coroutine Used(EventLoop loop, Scene? scene)
        {
            await Once(); await Many(); loop.Spawn(Once()); var kept = Once(); await kept; IEnumerator<ILoopAwaitable?> first = Many().GetEnumerator();
            [|scene?.Instance()|]; IEnumerator<ILoopAwaitable?> later; later = [|Once()|]; var list = new List<ILoopAwaitable>();
        }
        [Coroutine] IEnumerator<ILoopAwaitable?> Instance() { yield return null; }
        static IEnumerator<ILoopAwaitable?> Other() => Once();
        static void Plain() { Other(); }
        """));

    [Fact]
    public Task It_is_found_in_top_level_statements() => Rule.Finds("""
        using Coroutines;

        [|Work()|];
        EventLoop.Run(Work());

        [Coroutine]
        static async Coroutine Work() => await Coroutine.Yield();
        """);

    [Fact]
    public Task A_field_may_be_read_elsewhere() => Rule.Finds(InClass("""
        Coroutine _kept;
        static async Coroutine Work() => await Coroutine.Yield();
        void Keep() => _kept = Work();
        """));

    [Fact]
    public async Task The_message_names_what_was_called() => Assert.Equal(
        "'Other' creates a coroutine that nothing awaits or spawns, so none of it runs",
        await Rule.Message(InCoroutine("[|Scene.Other()|];")));
}
