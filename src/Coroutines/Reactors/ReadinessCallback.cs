using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A callback that runs in every turn in which its descriptor is ready, until it is cancelled. Loop thread only.</summary>
internal abstract class ReadinessCallback : LoopNode
{
    private readonly IWakeTarget _target;
    private bool _isQueued;
    private bool _isCancelled;

    protected ReadinessCallback(IWakeTarget target) => _target = target;

    /// <summary>Queues one call, unless one is queued already.</summary>
    public void Queue()
    {
        if (_isQueued)
            return;
        _isQueued = true;
        _target.Signal(this);
    }

    /// <summary>Prevents further calls, the queued one included.</summary>
    public void Cancel() => _isCancelled = true;

    internal sealed override void Run()
    {
        _isQueued = false;
        if (!_isCancelled)
            Call();
    }

    /// <summary>What is to be done once.</summary>
    protected abstract void Call();
}
