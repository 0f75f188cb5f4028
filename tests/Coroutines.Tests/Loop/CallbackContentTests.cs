using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Loop;

/// <summary>What a callback was given is let go of with the turn that called it, although its object is used again.</summary>
public class CallbackContentTests
{
    private static readonly Action<object> s_ignore = static _ => { };

    private static readonly Action<object> s_fail = static _ => throw new InvalidOperationException("A callback fails.");

    private static readonly Action<(object, int)> s_ignorePair = static _ => { };

    [Fact]
    public void After_the_turn_that_called_it()
    {
        using var loop = Loop();
        AssertForgotten(loop, state => loop.CallSoon(s_ignore, state), turns: 1);
        AssertForgotten(loop, state => loop.CallLater(TimeSpan.Zero, s_ignore, state), turns: 1);
        AssertForgotten(loop, state => loop.CallSoon(s_ignorePair, (state, 1)), turns: 1);
        AssertForgotten(loop, state => loop.CallSoon(() => GC.KeepAlive(state)), turns: 1);
    }

    [Fact]
    public void After_the_turn_in_which_it_failed()
    {
        using var loop = Loop();
        AssertForgotten(loop, state => loop.CallSoon(s_fail, state), turns: 1);
        AssertForgotten(loop, state => loop.CallSoon(s_ignore, state), turns: 1);
    }

    [Fact]
    public void After_several_of_one_turn_in_whatever_order_their_objects_are_used_again()
    {
        using var loop = Loop();
        AssertForgotten(loop, state =>
        {
            loop.CallSoon(s_ignore, state);
            loop.CallSoon(s_ignore, new object());
            loop.CallSoon(inner => loop.CallSoon(s_ignore, inner), state);
            return loop.CallSoon(s_ignorePair, (state, 2));
        }, turns: 2);
    }

    [Fact]
    public void At_once_if_it_is_cancelled_while_its_time_has_not_come()
    {
        using var loop = Loop();
        AssertForgotten(loop, state =>
        {
            var handle = loop.CallLater(TimeSpan.FromHours(1), s_ignore, state);
            Assert.True(handle.Cancel());
            return handle;
        }, turns: 0);
    }

    [Fact]
    public void After_a_turn_in_which_one_ran_and_another_was_cancelled()
    {
        using var loop = Loop();
        AssertForgotten(loop, state =>
        {
            var cancelled = loop.CallLater(TimeSpan.FromHours(1), s_ignore, state);
            loop.CallSoon(s_ignore, state);
            return loop.CallSoon(handle => Assert.True(((LoopHandle)handle).Cancel()), (object)cancelled);
        }, turns: 1);
    }

    [Fact]
    public void After_the_turn_that_finds_it_cancelled_when_it_was_ready()
    {
        using var loop = Loop();
        AssertForgotten(loop, state =>
        {
            var handle = loop.CallSoon(s_ignore, state);
            Assert.True(handle.Cancel());
            return handle;
        }, turns: 1);
    }

    [Fact]
    public void Callbacks_that_cancel_others_allocate_nothing_however_many_they_are_in_a_turn()
    {
        const int Many = 5_000;
        using var loop = Loop();
        var timer = new Timer(loop);
        timer.Arm();
        // All the objects and the room that so many need; then the code.
        Run(static _ => { }, Many);
        Action<Timer> cancel = static timer => timer.CancelAndArm();
        Run(cancel, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(cancel, Many);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(Action<Timer> callback, int count)
        {
            for (int i = 0; i < count; i++)
                loop.CallSoon(callback, timer);
            loop.RunOnce();
        }
    }

    private sealed class Timer(EventLoop loop)
    {
        private LoopHandle _handle;

        public void Arm() => _handle = loop.CallLater(TimeSpan.FromHours(1), s_ignore, (object)this);

        public void CancelAndArm()
        {
            Assert.True(_handle.Cancel());
            Arm();
        }
    }

    [Fact]
    public void Although_there_is_no_place_for_its_object()
    {
        using var loop = new EventLoop(new EventLoopOptions { Clock = new VirtualClock(), Debug = true });
        AssertForgotten(loop, state => loop.CallSoon(s_ignore, state), turns: 1);
    }

    [Fact]
    public void Objects_of_callbacks_stay_with_a_loop_that_changes_its_thread()
    {
        using var loop = Loop();
        loop.CallLater(TimeSpan.FromSeconds(1), s_ignore, new object());
        Exception? failure = null;
        var other = new Thread(() => failure = Record.Exception(() =>
        {
            loop.RunOnce(TimeSpan.FromSeconds(2));
            Assert.Equal(1, loop.CallbackPools.Count);
            AssertForgotten(loop, state => loop.CallSoon(s_ignore, state), turns: 1);
        }));
        other.Start();
        other.Join();
        Assert.Null(failure);
        Assert.Equal(1, loop.CallbackPools.Count);
        loop.RunOnce();
    }

    private static EventLoop Loop()
    {
        var loop = VirtualLoop.Create();
        loop.UnhandledException += static (_, arguments) => Assert.Equal("A callback fails.", arguments.Exception.Message);
        return loop;
    }

    private static void AssertForgotten(EventLoop loop, Func<object, LoopHandle> schedule, int turns)
    {
        var state = Schedule(schedule, out var handle);
        for (int i = 0; i < turns; i++)
            loop.RunOnce();
        GC.Collect();
        Assert.False(state.TryGetTarget(out _));
        Assert.False(handle.IsPending);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<object> Schedule(Func<object, LoopHandle> schedule, out LoopHandle handle)
    {
        object state = new();
        handle = schedule(state);
        return new WeakReference<object>(state);
    }
}
