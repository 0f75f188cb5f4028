using System.Threading.Channels;

namespace Coroutines.Tests.Sync;

/// <summary>What is refused, and that the message says what to do instead.</summary>
public sealed partial class SyncMisuseTests
{
    [Fact]
    public void The_default_values_say_what_they_are()
    {
        using var loop = VirtualLoop.Create();
        AssertRefused("default(LoopLock.Holder)", () => default(LoopLock.Holder).Dispose());
        AssertRefused("default(LoopSemaphore.Permit)", () => default(LoopSemaphore.Permit).Dispose());
        AssertRefused("default(LockAwaitable)", () => default(LockAwaitable).GetAwaiter());
        AssertRefused("default(SemaphoreAwaitable)", () => default(SemaphoreAwaitable).GetAwaiter());
        AssertRefused("default(EventAwaitable)", () => default(EventAwaitable).GetAwaiter());
        AssertRefused("default(BarrierAwaitable)", () => default(BarrierAwaitable).GetAwaiter());
        AssertRefused("default(ChannelReadAwaitable<T>)", () => default(ChannelReadAwaitable<int>).GetAwaiter());
        AssertRefused("default(ChannelWriteAwaitable<T>)", () => default(ChannelWriteAwaitable<int>).GetAwaiter());
        AssertRefused("default(ChannelReadinessAwaitable<T>)", () => default(ChannelReadinessAwaitable<int>).GetAwaiter());
        AssertRefused("default(ChannelCompletionAwaitable<T>)", () => default(ChannelCompletionAwaitable<int>).GetAwaiter());
        AssertRefused("default(ChannelItems<T>)", () => default(ChannelItems<int>).GetAsyncEnumerator());
        Assert.False(default(LoopLock.Holder).IsHolding);
    }

    [Fact]
    public void Another_thread_is_refused()
    {
        using var loop = VirtualLoop.Create();
        var mutex = new LoopLock(loop);
        mutex.TryAcquire(out var holder);
        var semaphore = new LoopSemaphore(loop, 1);
        var signal = new LoopEvent(loop);
        var condition = new LoopCondition(mutex);
        var barrier = new LoopBarrier(loop, 1);
        var channel = LoopChannel.CreateUnbounded<int>(loop);
        Action[] calls =
        [
            () => new LoopLock(loop), () => mutex.TryAcquire(out _), holder.Dispose, () => _ = mutex.Acquire().GetAwaiter().IsCompleted,
            () => new LoopSemaphore(loop, 1), () => semaphore.TryAcquire(out _), () => semaphore.Release(), () => _ = semaphore.Acquire().GetAwaiter().IsCompleted,
            () => new LoopEvent(loop), signal.Set, signal.Reset, () => _ = signal.Wait().GetAwaiter().IsCompleted,
            () => new LoopCondition(mutex), condition.NotifyOne, condition.NotifyAll,
            () => new LoopBarrier(loop, 1), () => barrier.Break(), barrier.Reset, () => Arrive(barrier),
            () => LoopChannel.CreateUnbounded<int>(loop), () => channel.TryWrite(1), () => channel.TryRead(out _), () => channel.Complete(), channel.ItemDone, () => channel.Drain(),
            () => Read(channel), () => Write(channel), () => _ = channel.WaitToRead().GetAwaiter().IsCompleted, () => _ = channel.Completion.GetAwaiter().IsCompleted,
        ];
        var failures = new List<Exception?>();
        var thread = new Thread(() => failures.AddRange(calls.Select(Record.Exception)));
        thread.Start();
        thread.Join();
        Assert.All(failures, failure => Assert.Contains("another thread", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal));
        Assert.True(holder.IsHolding);
        Assert.Equal(1, semaphore.CurrentCount);
    }

    [Fact]
    public void A_task_of_another_loop_of_the_same_thread_is_refused()
    {
        using var loop = VirtualLoop.Create();
        using var other = VirtualLoop.Create();
        var mutex = new LoopLock(loop);
        mutex.TryAcquire(out _);
        ILoopAwaitable[] waits =
        [
            mutex.Acquire(), new LoopSemaphore(loop, 0).Acquire(), new LoopEvent(loop).Wait(), new LoopCondition(mutex).Wait(), new LoopBarrier(loop, 2).SignalAndWait(),
            LoopChannel.CreateUnbounded<int>(loop).Read(), LoopChannel.CreateUnbounded<int>(loop).WaitToRead(), LoopChannel.CreateUnbounded<int>(loop).Completion,
            LoopChannel.CreateRendezvous<int>(loop).Write(1),
        ];
        foreach (var wait in waits)
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => other.RunUntilComplete(wait.AsCoroutine()));
            Assert.Contains("another event loop of this thread", refusal.Message, StringComparison.Ordinal);
        }

        Assert.True(mutex.IsHeld);
    }

    [Fact]
    public void Without_a_loop_on_the_thread_the_message_says_how_to_start_one()
    {
        AssertRefused("EventLoop.Run", () => new LoopLock());
        AssertRefused("EventLoop.Run", () => new LoopSemaphore(1));
        AssertRefused("EventLoop.Run", () => new LoopEvent());
        AssertRefused("EventLoop.Run", () => new LoopBarrier(1));
        AssertRefused("EventLoop.Run", () => LoopChannel.CreateUnbounded<int>());
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_refused()
    {
        using var loop = VirtualLoop.Create();
        var semaphore = new LoopSemaphore(loop, 1);
        var mutex = new LoopLock(loop);
        mutex.TryAcquire(out _);
        Assert.Throws<ArgumentOutOfRangeException>("initial", () => new LoopSemaphore(loop, -1));
        Assert.Throws<ArgumentOutOfRangeException>("initial", () => new LoopSemaphore(loop, 2, maximum: 1));
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => new LoopSemaphore(loop, 0, maximum: 0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => semaphore.Release(0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new LoopCondition(mutex).Notify(-1));
        Assert.Throws<ArgumentOutOfRangeException>("participants", () => new LoopBarrier(loop, 0));
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => new LoopEvent(loop, (EventResetMode)7));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => LoopChannel.CreateBounded<int>(0, loop));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => LoopChannel.CreateLifo<int>(-1, loop));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => LoopChannel.CreatePriority<int>(capacity: 0, loop: loop));
    }

    [Fact]
    public void A_semaphore_can_be_released_up_to_the_largest_number_and_not_beyond()
    {
        using var loop = VirtualLoop.Create();
        var semaphore = new LoopSemaphore(loop, int.MaxValue - 1);
        semaphore.Release();
        Assert.Contains("released one twice", Assert.Throws<SemaphoreFullException>(() => semaphore.Release()).Message, StringComparison.Ordinal);
        Assert.Equal(int.MaxValue, semaphore.CurrentCount);
    }

    [Fact]
    public void A_lock_is_released_once_by_each_holder()
    {
        using var loop = VirtualLoop.Create();
        var mutex = new LoopLock(loop);
        mutex.TryAcquire(out var holder);
        var copy = holder;
        holder.Dispose();
        AssertRefused("released before", copy.Dispose);
    }

    [Fact]
    public void The_action_of_a_barrier_can_neither_reset_it_nor_arrive()
    {
        using var loop = VirtualLoop.Create();
        var resetting = new LoopBarrier(loop, 1, static barrier => barrier.Reset());
        var arriving = new LoopBarrier(loop, 1, static barrier => Arrive(barrier));
        AssertRefused("cannot reset it", () => Arrive(resetting));
        AssertRefused("cannot arrive at it", () => Arrive(arriving));
        Assert.True(resetting.IsBroken);
        Assert.True(arriving.IsBroken);
    }

    [Fact]
    public void A_channel_that_is_completed_says_so()
    {
        using var loop = VirtualLoop.Create();
        var channel = LoopChannel.CreateUnbounded<int>(loop);
        var fault = new InvalidOperationException("boom");
        channel.Complete(fault);
        Assert.Contains("TryComplete", Assert.Throws<ChannelClosedException>(() => channel.Complete()).Message, StringComparison.Ordinal);
        Assert.Same(fault, Assert.Throws<ChannelClosedException>(() => loop.RunUntilComplete(WriteOne(channel))).InnerException);
        AssertRefused("more often than items were written", channel.ItemDone);
    }

    [Fact]
    public void A_channel_keeps_no_item_alive_that_was_read_or_whose_writer_was_cancelled()
    {
        using var loop = VirtualLoop.Create();
        var channel = LoopChannel.CreateBounded<object>(1, loop);
        var references = WriteReadAndCancel(loop, channel);
        GC.Collect();
        Assert.All(references, reference => Assert.False(reference.TryGetTarget(out _)));
        GC.KeepAlive(channel);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference<object>[] WriteReadAndCancel(EventLoop loop, LoopChannel<object> channel)
    {
        object[] items = [new(), new(), new()];
        Assert.True(channel.TryWrite(items[0]));
        var waiting = loop.Spawn(WriteObject(channel, items[1]));
        var cancelled = loop.Spawn(WriteObject(channel, items[2]));
        loop.RunOnce();
        cancelled.Cancel();
        Assert.Equal(2, channel.Drain());
        loop.RunOnce();
        Assert.Equal((CoroutineStatus.RanToCompletion, CoroutineStatus.Cancelled), (waiting.Status, cancelled.Status));
        return [.. items.Select(item => new WeakReference<object>(item))];
    }

    private static void Arrive(LoopBarrier barrier)
    {
        var awaiter = barrier.SignalAndWait().GetAwaiter();
        _ = awaiter.IsCompleted;
    }

    private static void Read(LoopChannel<int> channel)
    {
        var awaiter = channel.Read().GetAwaiter();
        _ = awaiter.IsCompleted;
    }

    private static void Write(LoopChannel<int> channel)
    {
        var awaiter = channel.Write(1).GetAwaiter();
        _ = awaiter.IsCompleted;
    }

    [Coroutine]
    internal static async Coroutine WriteOne(LoopChannel<int> channel) => await channel.Write(1);

    [Coroutine]
    internal static async Coroutine WriteObject(LoopChannel<object> channel, object item) => await channel.Write(item);

    private static void AssertRefused(string expected, Action call) =>
        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
}
