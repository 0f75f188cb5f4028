using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Awaited, it suspends until a descriptor is ready in one direction, was closed, or the await is cancelled.</summary>
internal readonly struct ReadinessAwaitable
{
    private readonly EventLoop _loop;
    private readonly SafeHandle _handle;
    private readonly ReadinessKind _kind;

    public ReadinessAwaitable(EventLoop loop, SafeHandle handle, ReadinessKind kind)
    {
        _loop = loop;
        _handle = handle;
        _kind = kind;
    }

    public Awaiter GetAwaiter() => new(this);

    /// <summary>The readiness itself is not a result: who is woken repeats its call.</summary>
    public readonly struct Awaiter : ISignalAwaiter, ICriticalNotifyCompletion
    {
        private readonly ReadinessAwaitable _wait;

        internal Awaiter(ReadinessAwaitable wait) => _wait = wait;

        public bool IsCompleted => false;

        public void GetResult() => LoopAwaiters.EndAwait();

        public bool Suspend(LoopTask task)
        {
            if (task.Loop != _wait._loop)
                throw new InvalidOperationException("An operation on a socket or pipe of one event loop cannot be awaited by a task of another.");
            var handle = _wait._handle;
            // Claimed first: a refusal must find the task running, not parked.
            var descriptor = _wait._loop.Reactor.Claim(handle, _wait._kind);
            if (!task.TryPark(descriptor))
                return false;
            descriptor.Wait(handle, _wait._kind, task);
            return true;
        }

        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
