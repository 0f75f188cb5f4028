using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.BlockingCallAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class BlockingCallFixTests
{
    [Theory]
    [InlineData("Thread.[|Sleep|](100);", "await Coroutine.Delay(TimeSpan.FromMilliseconds(100));")]
    [InlineData("Thread.[|Sleep|](milliseconds * 2);", "await Coroutine.Delay(TimeSpan.FromMilliseconds(milliseconds * 2));")]
    [InlineData("Thread.[|Sleep|](millisecondsTimeout: 5);", "await Coroutine.Delay(TimeSpan.FromMilliseconds(5));")]
    [InlineData("Thread.[|Sleep|](time);", "await Coroutine.Delay(time);")]
    [InlineData("Thread.[|Sleep|](TimeSpan.FromSeconds(1));", "await Coroutine.Delay(TimeSpan.FromSeconds(1));")]
    [InlineData("Thread.[|Sleep|](0);", "await Coroutine.Yield();")]
    [InlineData("Thread.[|Yield|]();", "await Coroutine.Yield();")]
    [InlineData("const int Now = 0; Thread.[|Sleep|](Now);", "const int Now = 0; await Coroutine.Yield();")]
    [InlineData("Thread.[|Sleep|](TimeSpan.Zero);", "await Coroutine.Yield();")]
    [InlineData("if (milliseconds > 0) Thread.[|Sleep|](1); // nap", "if (milliseconds > 0) await Coroutine.Delay(TimeSpan.FromMilliseconds(1)); // nap")]
    [InlineData("/* nap */ Thread.[|Sleep|](1);", "/* nap */ await Coroutine.Delay(TimeSpan.FromMilliseconds(1));")]
    public Task Sleeping_becomes_a_delay(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("Thread.[|Sleep|](-1);")]
    [InlineData("bool gave = Thread.[|Yield|]();")]
    [InlineData("Thread.[|Sleep|](Timeout.Infinite);")]
    [InlineData("Thread.[|Sleep|](Timeout.InfiniteTimeSpan);")]
    [InlineData("lock (task) { Thread.[|Sleep|](1); }")]
    [InlineData("unsafe { Thread.[|Sleep|](1); }")]
    public Task Nothing_is_offered_where_it_would_mean_something_else_or_not_compile(string statement) =>
        Fixing.GivesNothing(InCoroutine(statement));

    [Fact]
    public Task Nothing_is_offered_where_the_method_is_not_async() => Fixing.GivesNothing(InClass("""
        [Coroutine] static IEnumerator<ILoopAwaitable> Iterator() { Thread.[|Sleep|](1); yield break; }
        """));

    [Fact]
    public Task Names_are_qualified_where_they_are_not_imported() => Fixing.Gives(
        """
        partial class Scene
        {
            [Coroutines.Coroutine]
            static async Coroutines.Coroutine Run() { Thread.[|Sleep|](1); await Task.Yield(); }
        }
        """,
        """
        partial class Scene
        {
            [Coroutines.Coroutine]
            static async Coroutines.Coroutine Run() { await Coroutines.Coroutine.Delay(TimeSpan.FromMilliseconds(1)); await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Names_are_qualified_where_another_type_has_them() => Fixing.Gives(
        """
        namespace Game
        {
            sealed class Coroutine;

            partial class Scene
            {
                [Coroutines.Coroutine]
                static async Coroutines.Coroutine Run() { Thread.[|Sleep|](0); await Task.Yield(); }
            }
        }
        """,
        """
        namespace Game
        {
            sealed class Coroutine;

            partial class Scene
            {
                [Coroutines.Coroutine]
                static async Coroutines.Coroutine Run() { await Coroutines.Coroutine.Yield(); await Task.Yield(); }
            }
        }
        """);

    [Fact]
    public Task Fix_all_fixes_every_call_that_can_be() => Fixing.GivesAll(
        InCoroutine("""
        Thread.[|Sleep|](0);
        Thread.[|Sleep|](milliseconds);
        Func<Coroutine> nap = async () => Thread.[|Sleep|](time);
        Thread.[|Sleep|](-1);
        """),
        InCoroutine("""
        await Coroutine.Yield();
        await Coroutine.Delay(TimeSpan.FromMilliseconds(milliseconds));
        Func<Coroutine> nap = async () => await Coroutine.Delay(time);
        Thread.[|Sleep|](-1);
        """));

    [Fact]
    public Task Fix_all_goes_through_the_documents_of_a_project() => Fixing.GivesAll(
        [
            "namespace A { partial class Scene { static async Coroutines.Coroutine Run() { Thread.[|Sleep|](0); Thread.[|Sleep|](0); await Task.Yield(); } } }",
            "namespace B { partial class Scene { static async Coroutines.Coroutine Run() { Thread.[|Sleep|](0); await Task.Yield(); } } }",
        ],
        [
            "namespace A { partial class Scene { static async Coroutines.Coroutine Run() { await Coroutines.Coroutine.Yield(); await Coroutines.Coroutine.Yield(); await Task.Yield(); } } }",
            "namespace B { partial class Scene { static async Coroutines.Coroutine Run() { await Coroutines.Coroutine.Yield(); await Task.Yield(); } } }",
        ]);
}
