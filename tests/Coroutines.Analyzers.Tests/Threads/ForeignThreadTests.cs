using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.ForeignThreadAnalyzer, Coroutines.CodeFixes.ForeignThreadFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ForeignThreadAnalyzer>;

namespace Coroutines.Analyzers.Tests.Threads;

public sealed class ForeignThreadTests
{
    [Theory]
    [InlineData("Task.Run(() => loop.[|Spawn|](Work()));")]
    [InlineData("Task.Run(() => future.[|SetResult|](1));")]
    [InlineData("Task.Run(() => { signal.[|Set|](); });")]
    [InlineData("new Thread(() => scope.[|Cancel|]()).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => group.[|Spawn|](Work()));")]
    [InlineData("var t = new Timer(_ => loop.[|CallSoon|](() => { }), null, 1, 1);")]
    [InlineData("task.ContinueWith(t => channel.[|TryWrite|](1));")]
    [InlineData("var c = loop.RunInExecutor(() => { _field.[|Set|](); });")]
    [InlineData("Task.Run(async () => { [|await|] Coroutine.Yield(); });")]
    [InlineData("Task.Run(() => EventLoop.[|Current|].Spawn(Work()));")]
    [InlineData("Parallel.For(0, 3, i => { child.[|Cancel|](); });")]
    [InlineData("Task.Run(() => { if (signal.[|IsSet|]) return; });")]
    public Task Touching_from_another_thread_is_found(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("Task.Run(() => loop.CallSoonThreadSafe(() => signal.Set()));")]
    [InlineData("Task.Run(() => future.PostResult(1));")]
    [InlineData("new Thread(() => loop.RunForever()).Start();")]
    [InlineData("new Thread(() => EventLoop.Run(Work())).Start();")]
    [InlineData("new Thread(() => { using var own = new EventLoop(); own.Spawn(Work()); own.RunForever(); }).Start();")]
    [InlineData("loop.CallSoon(() => signal.Set());")]
    [InlineData("loop.CallLater(TimeSpan.Zero, () => future.SetResult(1));")]
    [InlineData("Task.Run(async () => await Task.Yield());")]
    [InlineData("signal.Set(); Task.Run(() => Console.WriteLine());")]
    [InlineData("Task.Run(() => { Func<Coroutine> later = async () => await Coroutine.Yield(); });")]
    [InlineData("Task.Run(() => Console.WriteLine(loop.Name));")]
    [InlineData("new[] { 1 }.Select(n => loop.Spawn(Work())).ToList();")]
    public Task The_doors_for_other_threads_are_not(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("Task.Run(() => future.[|SetResult|](1));", "Task.Run(() => future.PostResult(1));")]
    [InlineData("Task.Run(() => { future.[|TrySetException|](new Exception()); });", "Task.Run(() => { future.PostException(new Exception()); });")]
    [InlineData("Task.Run(() => { signal.[|Set|](); });", "Task.Run(() => { loop.CallSoonThreadSafe(() => signal.Set()); });")]
    [InlineData("Task.Run(() => { loop.[|Spawn|](Work()); });", "Task.Run(() => { loop.CallSoonThreadSafe(() => loop.Spawn(Work())); });")]
    [InlineData("var t = new Timer(_ => { loop.[|CallSoon|](() => { }); }, null, 1, 1);", "var t = new Timer(_ => { loop.CallSoonThreadSafe(() => { }); }, null, 1, 1);")]
    public Task It_goes_through_the_door(string before, string after) => Fixing.Gives(Program(before), Program(after));

    [Theory]
    [InlineData("Task.Run(() => { bool first = scope.[|Cancel|](); });")]
    [InlineData("Task.Run(async () => { [|await|] Coroutine.Yield(); });")]
    public Task Nothing_is_offered_for_a_result(string statements) => Fixing.GivesNothing(Program(statements));

    [Fact]
    public Task Fix_all_fixes_them_all() => Fixing.GivesAll(
        Program("Task.Run(() => { signal.[|Set|](); future.[|SetResult|](1); });"),
        Program("Task.Run(() => { loop.CallSoonThreadSafe(() => signal.Set()); future.PostResult(1); });"));

    private static string Program(string statements) => InClass($$"""
        readonly LoopEvent _field = new();
        static async Coroutine Work() => await Coroutine.Yield();
        void Run(EventLoop loop, Future<int> future, LoopEvent signal, CancelScope scope, TaskGroup group, LoopChannel<int> channel, CoroutineTask child, Task task)
        {
            {{statements}}
        }
        """);
}
