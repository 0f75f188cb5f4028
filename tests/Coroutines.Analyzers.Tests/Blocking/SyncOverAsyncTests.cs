using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.SyncOverAsyncAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class SyncOverAsyncTests
{
    [Theory]
    [InlineData("task.[|Wait|]();")]
    [InlineData("number.[|Wait|]();")]
    [InlineData("task.[|Wait|](100);")]
    [InlineData("task.[|Wait|](time);")]
    [InlineData("task.[|Wait|](token);")]
    [InlineData("task.[|Wait|](100, token);")]
    [InlineData("task.[|Wait|](time, token);")]
    [InlineData("task?.[|Wait|]();")]
    [InlineData("Task.[|WaitAll|](task, given);")]
    [InlineData("Task.[|WaitAll|]([task, given]);")]
    [InlineData("Task.[|WaitAll|](new[] { task }, 10);")]
    [InlineData("Task.[|WaitAll|](new[] { task }, token);")]
    [InlineData("Task.[|WaitAll|](new List<Task>(), token);")]
    [InlineData("int i = Task.[|WaitAny|](task, given);")]
    [InlineData("int i = Task.[|WaitAny|](new[] { task }, time);")]
    [InlineData("int n = number.[|Result|];")]
    [InlineData("int n = valueNumber.[|Result|];")]
    [InlineData("int n = number.[|Result|] + text.[|Result|].Length;")]
    [InlineData("int? n = text?.[|Result|].Length;")]
    [InlineData("task.GetAwaiter().[|GetResult|]();")]
    [InlineData("int n = number.GetAwaiter().[|GetResult|]();")]
    [InlineData("value.GetAwaiter().[|GetResult|]();")]
    [InlineData("int n = valueNumber.GetAwaiter().[|GetResult|]();")]
    [InlineData("task.ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("int n = number.ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("value.ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("int n = valueNumber.ConfigureAwait(ConfigureAwaitOptions.None is var _).GetAwaiter().[|GetResult|]();")]
    [InlineData("var awaiter = task.GetAwaiter(); awaiter.[|GetResult|]();")]
    [InlineData("string s = $\"{number.[|Result|]}\";")]
    [InlineData("if (number.[|Result|] is > 1 and < 3) { }")]
    [InlineData("foreach (char c in text.[|Result|]) { }")]
    [InlineData("var (a, b) = (number.[|Result|], 1);")]
    [InlineData("int n = Task.FromResult(Task.FromResult(1)).[|Result|].[|Result|];")]
    public Task A_wait_for_a_task_in_a_coroutine_is_found(string statement) => Rule.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("bool done = task.IsCompleted;")]
    [InlineData("task.Wait(0);")]
    [InlineData("task.Wait(TimeSpan.Zero);")]
    [InlineData("task.Wait(timeout: default);")]
    [InlineData("const int Now = 0; task.Wait(Now);")]
    [InlineData("Task.WaitAny([task], 0);")]
    [InlineData("await task;")]
    [InlineData("await Task.WhenAll(task, given);")]
    [InlineData("string name = nameof(number.Result);")]
    [InlineData("Thread.Sleep(1);")]
    public Task What_does_not_wait_is_not(string statement) => Rule.Finds(InCoroutine(statement));

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
    public Task The_library_s_own_awaiters_are_not() => Rule.Finds(InClass("""
        [Coroutine]
        static async Coroutine Run(CoroutineTask task)
        {
            task.GetAwaiter().GetResult();
            await Coroutine.Yield();
        }
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
                Sleep(1);
                Nap.Sleep(1);
                [|WaitAll|](work);
                int n = work.[|Result|];
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
            static async Activity Run() { Thread.Sleep(1); await Activity.Yield(); }
        }
        """);

    [Fact]
    public Task It_is_found_in_coroutines_of_every_surface() => Rule.Finds(InClass("""
        [Coroutine] static async Coroutine<int> Value() { Thread.Sleep(1); await Coroutine.Yield(); return 1; }
        [Coroutine] static IEnumerator<ILoopAwaitable> Iterator() { Thread.Sleep(1); yield break; }
        [Coroutine] static async IAsyncEnumerable<int> Stream() { Thread.Sleep(1); await Task.Yield(); yield return 1; }
        [Coroutine] static async Coroutine<T> Generic<T>(Task<T> task) { T value = task.[|Result|]; await Coroutine.Yield(); return value; }
        [Coroutine] static async Coroutine Expression(Task<Task> task) => await task.[|Result|];
        static async Coroutine Unmarked() { Thread.Sleep(1); await Coroutine.Yield(); }
        """));

    [Fact]
    public Task It_is_found_in_instance_extension_and_explicit_methods() => Rule.Finds("""
        using Coroutines;

        interface IActor { Coroutine Run(); }

        partial struct Actor : IActor
        {
            Task<int> _task;
            [Coroutine] async Coroutine IActor.Run() { int n = _task.[|Result|]; await Coroutine.Yield(); }
        }

        static partial class Extensions
        {
            [Coroutine] public static async Coroutine Run(this Task<int> task) { int n = task.[|Result|]; await Coroutine.Yield(); }
        }
        """);

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
        static Func<Coroutine> s_field = async () => { Thread.Sleep(1); await Coroutine.Yield(); };

        static void Ordinary()
        {
            Func<Task<int>, Coroutine<int>> lambda = async task => { await Coroutine.Yield(); return task.[|Result|]; };
            Func<Coroutine> method = async delegate { Thread.Sleep(1); await Coroutine.Yield(); };
            async Coroutine Local() { Thread.Sleep(1); await Coroutine.Yield(); }
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
    public Task The_argument_of_a_call_that_runs_elsewhere_still_runs_here() => Rule.Finds(InCoroutine("""
        await Task.FromResult(number.[|Result|]);
        """));

    [Fact]
    public async Task The_message_names_the_call_the_coroutine_and_the_replacement() => Assert.Equal(
        "'Task.Result' in coroutine 'Run' stops every coroutine on the loop until the task has ended, for ever if the task needs the loop; await the task",
        await Rule.Message(InCoroutine("int n = number.[|Result|];")));
}
