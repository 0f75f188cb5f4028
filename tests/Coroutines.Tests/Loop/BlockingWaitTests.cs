using System.Runtime.CompilerServices;
using static Coroutines.Tests.SourceLines;

// The loop is blocked on purpose.
#pragma warning disable CORO101, CORO102, CORO105, CORO106, CORO302

namespace Coroutines.Tests.Loop;

/// <summary>
/// Debug mode names waits that no table knows. Each of them ends only because it is told: the handler gives what is waited for, so nothing here depends on how long anything takes.
/// </summary>
public partial class BlockingWaitTests
{
    private static readonly EventLoopOptions s_debug = new() { Debug = true, SlowStepThreshold = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public void A_wait_is_told_while_it_lasts_with_the_calls_that_led_to_it()
    {
        using var gate = new ManualResetEvent(false);
        var warning = Assert.Single(Run(Blocks(gate), () => gate.Set()));
        Assert.Equal(LoopWarningKind.BlockingWait, warning.Kind);
        // Which of its methods the framework has inlined into one another is its own affair.
        Assert.StartsWith(
            $"BlockingWaitTests.Blocks (BlockingWaitTests.cs:{LineOf("Hidden(gate)" + ";")}) → BlockingWaitTests.Hidden (BlockingWaitTests.cs:{LineOf("static bool Hidden" + "(")}) → WaitHandle.WaitOne",
            warning.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(" keeps the thread in a task, for 1 ms so far. Nothing else runs on the loop meanwhile.", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_for_tasks_and_semaphores_are_told_by_what_was_called()
    {
        var source = new TaskCompletionSource();
        using var semaphore = new SemaphoreSlim(0);
        Assert.Contains("→ Task.Wait keeps", Assert.Single(Run(Wait(source.Task.Wait), source.SetResult)).Message, StringComparison.Ordinal);
        Assert.Contains("→ SemaphoreSlim.Wait keeps", Assert.Single(Run(Wait(semaphore.Wait), () => semaphore.Release())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_another_thread_holds_is_told()
    {
        object gate = new();
        using ManualResetEventSlim taken = new(), release = new();
        var holder = new Thread(() =>
        {
            lock (gate)
            {
                taken.Set();
                release.Wait();
            }
        });
        holder.Start();
        taken.Wait();
        var warning = Assert.Single(Run(Wait(() => { lock (gate) { } }), release.Set));
        Assert.Contains("Monitor.", warning.Message, StringComparison.Ordinal);
        holder.Join();
    }

    [Fact]
    public void The_task_is_named()
    {
        using var gate = new ManualResetEvent(false);
        using var loop = new EventLoop(s_debug);
        string? told = null;
        loop.SlowStep += (_, _) => { };
        loop.Warning += (_, warning) =>
        {
            told = warning.Message;
            gate.Set();
        };
        loop.Spawn(Wait(() => gate.WaitOne()), "importer");
        loop.RunOnce();
        loop.RunOnce();
        Assert.Contains("keeps the thread in task \"importer\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_that_end_at_once_are_not_told()
    {
        using var gate = new ManualResetEvent(true);
        Assert.Empty(Run(Wait(() => { gate.WaitOne(); gate.WaitOne(0); Task.CompletedTask.Wait(); }), () => { }));
    }

    [Fact]
    public void Without_debug_mode_the_runtime_does_not_ask_the_loop()
    {
        using var loop = new EventLoop();
        bool? asked = null;
        loop.CallSoon(() => asked = SynchronizationContext.Current!.IsWaitNotificationRequired());
        loop.RunOnce();
        Assert.False(asked);
    }

    private static async Coroutine Blocks(WaitHandle gate)
    {
        Hidden(gate);
        await Coroutine.Yield();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Hidden(WaitHandle gate) => gate.WaitOne();

    private static async Coroutine Wait(Action wait)
    {
        wait();
        await Coroutine.Yield();
    }

    private static List<LoopWarningEventArgs> Run(Coroutine main, Action whenTold)
    {
        using var loop = new EventLoop(s_debug);
        var told = new List<LoopWarningEventArgs>();
        loop.SlowStep += (_, _) => { };
        loop.Warning += (_, warning) =>
        {
            told.Add(warning);
            whenTold();
        };
        loop.RunUntilComplete(main);
        return told;
    }
}
