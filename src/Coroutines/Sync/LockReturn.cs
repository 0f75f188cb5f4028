using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Awaited, it suspends until an acquisition that had let go of its lock has it back. Cannot be cancelled: the code behind it owns the lock.</summary>
internal readonly struct LockReturn
{
    private readonly LoopLock _mutex;
    private readonly long _acquisition;

    public LockReturn(LoopLock mutex, long acquisition)
    {
        _mutex = mutex;
        _acquisition = acquisition;
    }

    public Awaiter GetAwaiter() => new(this);

    public readonly struct Awaiter : ISignalAwaiter, ICriticalNotifyCompletion
    {
        private readonly LockReturn _return;

        internal Awaiter(LockReturn @return) => _return = @return;

        public bool IsCompleted => _return._mutex.TryTakeBack(_return._acquisition);

        // Does not ask whether the task may suspend: it is here because it may not.
        public bool Suspend(LoopTask task)
        {
            _return._mutex.AppendReturning(task, _return._acquisition);
            return true;
        }

        public void GetResult() => LoopAwaiters.EndAwait();

        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
