using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Awaited, it lets go of a lock and suspends until the condition is notified and the lock handed back, or the await is cancelled.</summary>
internal readonly struct ConditionWait
{
    private readonly LoopCondition _condition;
    private readonly long _acquisition;

    public ConditionWait(LoopCondition condition, long acquisition)
    {
        _condition = condition;
        _acquisition = acquisition;
    }

    public Awaiter GetAwaiter() => new(this);

    public readonly struct Awaiter : ISignalAwaiter, ICriticalNotifyCompletion
    {
        private readonly ConditionWait _wait;

        internal Awaiter(ConditionWait wait) => _wait = wait;

        public bool IsCompleted => false;

        public bool Suspend(LoopTask task) => _wait._condition.Suspend(task, _wait._acquisition);

        public void GetResult() => LoopAwaiters.EndAwait();

        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
