using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingCallAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class BlockingCallTests
{
    [Theory]
    [InlineData("Thread.[|Sleep|](100);")]
    [InlineData("Thread.[|Sleep|](0);")]
    [InlineData("Thread.[|Sleep|](time);")]
    [InlineData("System.Threading.Thread.[|Sleep|](milliseconds);")]
    public Task A_blocking_call_in_a_coroutine_is_found(string statement) => Rule.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("await Task.Delay(100);")]
    [InlineData("await task;")]
    [InlineData("await task.WaitAsync(time);")]
    [InlineData("await Task.WhenAll(task, given);")]
    [InlineData("Action<int> sleep = Thread.Sleep;")]
    [InlineData("string name = nameof(Thread.Sleep) + nameof(number.Result);")]
    public Task What_does_not_block_is_not(string statement) => Rule.Finds(InCoroutine(statement));

    [Fact]
    public Task Members_of_the_same_name_elsewhere_are_not() => Rule.Finds(InClass("""
        sealed class Thread { public static void Sleep(int milliseconds) { } }
        sealed class Task { public int Result => 1; public void Wait() { } public Task GetAwaiter() => this; public void GetResult() { } }

        [Coroutine]
        static async Coroutine Run(Task task)
        {
            Thread.Sleep(task.Result);
            task.Wait();
            task.GetAwaiter().GetResult();
            await Coroutine.Yield();
        }
        """));

    [Fact]
    public Task It_is_found_in_generator_style_coroutines_marked_or_not() => Rule.Finds(InClass("""
        [Coroutine] static IEnumerator<ILoopAwaitable?> Marked() { Thread.[|Sleep|](1); yield return null; }
        static IEnumerable<ILoopAwaitable> Unmarked() { Thread.[|Sleep|](1); yield break; }
        static IEnumerator<ILoopAwaitable> PassedOn() { Thread.Sleep(1); return Unmarked().GetEnumerator(); }
        static IEnumerator<int> Numbers() { Thread.Sleep(1); yield return 1; }
        """));

    [Fact]
    public Task It_is_found_through_an_alias_and_a_static_using() => Rule.Finds("""
        using Coroutines;
        using static System.Threading.Thread;
        using static System.Threading.Tasks.Task;
        using Work = System.Threading.Tasks.Task<int>;
        using Nap = System.Threading.Thread;

        partial class Scene
        {
            [Coroutine]
            static async Coroutine Run(Work work)
            {
                [|Sleep|](1);
                Nap.[|Sleep|](1);
                WaitAll(work);
                int n = work.Result;
                await Coroutine.Yield();
            }
        }
        """);

    [Fact]
    public Task It_is_found_where_the_attribute_has_another_name() => Rule.Finds("""
        using Actor = Coroutines.CoroutineAttribute;
        using Activity = Coroutines.Coroutine;

        partial class Scene
        {
            [Actor]
            static async Activity Run() { Thread.[|Sleep|](1); await Activity.Yield(); }
        }
        """);

    [Fact]
    public Task It_is_found_in_coroutines_of_every_surface() => Rule.Finds(InClass("""
        [Coroutine] static async Coroutine<int> Value() { Thread.[|Sleep|](1); await Coroutine.Yield(); return 1; }
        [Coroutine] static IEnumerator<ILoopAwaitable> Iterator() { Thread.[|Sleep|](1); yield break; }
        [Coroutine] static async IAsyncEnumerable<int> Stream() { Thread.[|Sleep|](1); await Task.Yield(); yield return 1; }
        [Coroutine] static async Coroutine<T> Generic<T>(Task<T> task) { T value = task.Result; await Coroutine.Yield(); return value; }
        [Coroutine] static async Coroutine Expression(Task<Task> task) => await task.Result;
        static async Coroutine Unmarked() { Thread.[|Sleep|](1); await Coroutine.Yield(); }
        """));

    [Fact]
    public Task Ordinary_methods_may_block() => Rule.Finds(InClass("""
        static void Synchronous(Task task) { Thread.Sleep(1); task.Wait(); }
        static async Task Asynchronous(Task<int> task) { int n = task.Result; await Task.Yield(); }
        static Coroutine PassedOn() { Thread.Sleep(1); return Unmarked(); }
        static async Coroutine Unmarked() => await Coroutine.Yield();
        static int s_value = Task.FromResult(1).Result;
        int Property => Task.FromResult(1).Result;
        """));

    [Fact]
    public Task A_lambda_that_is_a_coroutine_may_not_block_wherever_it_stands() => Rule.Finds(InClass("""
        static Func<Coroutine> s_field = async () => { Thread.[|Sleep|](1); await Coroutine.Yield(); };

        static void Ordinary()
        {
            Func<Task<int>, Coroutine<int>> lambda = async task => { await Coroutine.Yield(); return task.Result; };
            Func<Coroutine> method = async delegate { Thread.[|Sleep|](1); await Coroutine.Yield(); };
            async Coroutine Local() { Thread.[|Sleep|](1); await Coroutine.Yield(); }
            _ = Local();
        }
        """));

    [Fact]
    public Task Functions_in_a_coroutine_that_are_no_coroutines_run_where_they_are_called() => Rule.Finds(InCoroutine("""
        await Task.Run(() => Thread.Sleep(1));
        await Task.Run(async () => { Thread.Sleep(1); await Task.Yield(); });
        var slow = from n in new[] { 1 } select Task.FromResult(n).Result;
        System.Linq.Expressions.Expression<Func<int>> expression = () => number.Result;
        void Local() => Thread.Sleep(1);
        new Thread(Local).Start();
        """));

    [Fact]
    public Task A_coroutine_inside_an_ordinary_lambda_inside_a_coroutine_may_not_block() => Rule.Finds(InCoroutine("""
        Action outer = () =>
        {
            Thread.Sleep(1);
            Func<Coroutine> inner = async () => { Thread.[|Sleep|](1); await Coroutine.Yield(); };
        };
        """));

    [Fact]
    public Task Top_level_statements_may_block_and_their_coroutines_may_not() => Rule.Finds("""
        using Coroutines;

        Thread.Sleep(1);
        EventLoop.Run(Main());

        [Coroutine]
        static async Coroutine Main() { Thread.[|Sleep|](1); await Coroutine.Yield(); }
        """);

    [Fact]
    public async Task The_message_names_the_call_the_coroutine_and_the_replacement()
    {
        Assert.Equal(
            "'Thread.Sleep' in coroutine 'Run' stops every coroutine on the loop until it returns; use 'await Coroutine.Delay(…)'",
            await Rule.Message(InCoroutine("Thread.[|Sleep|](1);")));
        Assert.Equal(
            "'Thread.Sleep' in coroutine 'lambda' stops every coroutine on the loop until it returns; use 'await Coroutine.Delay(…)'",
            await Rule.Message(InCoroutine("Func<Coroutine> f = async () => { await Coroutine.Yield(); Thread.[|Sleep|](1); };")));
    }
}
