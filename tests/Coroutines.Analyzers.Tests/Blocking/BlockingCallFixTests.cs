using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.BlockingCallAnalyzer, Coroutines.CodeFixes.BlockingCallFix>;

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
    [InlineData("const int Now = 0; Thread.[|Sleep|](Now);", "const int Now = 0; await Coroutine.Yield();")]
    [InlineData("Thread.[|Sleep|](TimeSpan.Zero);", "await Coroutine.Yield();")]
    [InlineData("if (milliseconds > 0) Thread.[|Sleep|](1); // nap", "if (milliseconds > 0) await Coroutine.Delay(TimeSpan.FromMilliseconds(1)); // nap")]
    [InlineData("/* nap */ Thread.[|Sleep|](1);", "/* nap */ await Coroutine.Delay(TimeSpan.FromMilliseconds(1));")]
    public Task Sleeping_becomes_a_delay(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("task.[|Wait|]();", "await task;")]
    [InlineData("int n = number.[|Result|];", "int n = await number;")]
    [InlineData("int n = valueNumber.[|Result|];", "int n = await valueNumber;")]
    [InlineData("task.GetAwaiter().[|GetResult|]();", "await task;")]
    [InlineData("int n = valueNumber.GetAwaiter().[|GetResult|]();", "int n = await valueNumber;")]
    [InlineData("task.ConfigureAwait(false).GetAwaiter().[|GetResult|]();", "await task.ConfigureAwait(false);")]
    [InlineData("int n = text.[|Result|].Length;", "int n = (await text).Length;")]
    [InlineData("char c = text.[|Result|][0];", "char c = (await text)[0];")]
    [InlineData("int? n = text.[|Result|]?.Length;", "int? n = (await text)?.Length;")]
    [InlineData("string s = text.[|Result|]!;", "string s = (await text)!;")]
    [InlineData("Task.FromResult(() => { }).[|Result|]();", "(await Task.FromResult(() => { }))();")]
    [InlineData("int n = -number.[|Result|] + 1;", "int n = -await number + 1;")]
    [InlineData("object o = (object)number.[|Result|];", "object o = (object)await number;")]
    [InlineData("bool b = number.[|Result|] is 1 or 2;", "bool b = await number is 1 or 2;")]
    [InlineData("int n = number.[|Result|] switch { 1 => 2, _ => 3 };", "int n = await number switch { 1 => 2, _ => 3 };")]
    [InlineData("int n = (milliseconds > 0 ? number : number).[|Result|];", "int n = await (milliseconds > 0 ? number : number);")]
    [InlineData("((Task)number).[|Wait|]();", "await ((Task)number);")]
    [InlineData("new Task(() => { }).[|Wait|]();", "await new Task(() => { });")]
    [InlineData("string s = $\"{number.[|Result|]:x}\";", "string s = $\"{await number:x}\";")]
    [InlineData("var q = from n in Task.FromResult(new[] { 1 }).[|Result|] select n;", "var q = from n in await Task.FromResult(new[] { 1 }) select n;")]
    public Task Waiting_for_a_task_becomes_await(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("task.[|Wait|](token);", "await task.WaitAsync(token);")]
    [InlineData("Task.[|WaitAll|](task, given);", "await Task.WhenAll(task, given);")]
    [InlineData("Task.[|WaitAll|]([task, given]);", "await Task.WhenAll([task, given]);")]
    [InlineData("Task.[|WaitAll|](new[] { task });", "await Task.WhenAll(new[] { task });")]
    public Task Waiting_by_another_method_becomes_its_asynchronous_counterpart(string before, string after) =>
        Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("Thread.[|Sleep|](-1);")]
    [InlineData("Thread.[|Sleep|](Timeout.Infinite);")]
    [InlineData("Thread.[|Sleep|](Timeout.InfiniteTimeSpan);")]
    [InlineData("bool done = task.[|Wait|](100);")]
    [InlineData("int i = Task.[|WaitAny|](task, given);")]
    [InlineData("Task.[|WaitAll|](new[] { task }, 10);")]
    [InlineData("task?.[|Wait|]();")]
    [InlineData("int? n = text?.[|Result|].Length;")]
    [InlineData("var awaiter = task.GetAwaiter(); awaiter.[|GetResult|]();")]
    [InlineData("lock (task) { Thread.[|Sleep|](1); }")]
    [InlineData("unsafe { Thread.[|Sleep|](1); }")]
    [InlineData("try { } catch when (number.[|Result|] > 0) { }")]
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
    public Task Fix_all_fixes_every_kind_of_call_also_inside_one_another() => Fixing.GivesAll(
        InCoroutine("""
        Thread.[|Sleep|](0);
        Thread.[|Sleep|](number.[|Result|]);
        task.[|Wait|](); given.[|Wait|](token);
        int n = Task.FromResult(number).[|Result|].[|Result|];
        Func<Coroutine> nap = async () => Thread.[|Sleep|](time);
        bool left = task.[|Wait|](100);
        """),
        InCoroutine("""
        await Coroutine.Yield();
        await Coroutine.Delay(TimeSpan.FromMilliseconds(await number));
        await task; await given.WaitAsync(token);
        int n = await (await Task.FromResult(number));
        Func<Coroutine> nap = async () => await Coroutine.Delay(time);
        bool left = task.[|Wait|](100);
        """));

    [Fact]
    public Task Fix_all_goes_through_the_documents_of_a_project() => Fixing.GivesAll(
        [
            "namespace A { partial class Scene { static async Coroutines.Coroutine Run() { Thread.[|Sleep|](0); Thread.[|Sleep|](0); await Task.Yield(); } } }",
            "namespace B { partial class Scene { static async Coroutines.Coroutine Run(Task task) { task.[|Wait|](); await Task.Yield(); } } }",
        ],
        [
            "namespace A { partial class Scene { static async Coroutines.Coroutine Run() { await Coroutines.Coroutine.Yield(); await Coroutines.Coroutine.Yield(); await Task.Yield(); } } }",
            "namespace B { partial class Scene { static async Coroutines.Coroutine Run(Task task) { await task; await Task.Yield(); } } }",
        ]);
}
