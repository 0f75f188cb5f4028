using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A callback that runs in every turn in which its descriptor is ready, until it is cancelled. Loop thread only.</summary>
internal sealed class ReadinessCallback : LoopNode
{
    private readonly EventLoop _loop;
    private readonly Action<object?> _callback;
    private readonly object? _state;
    private bool _isQueued;
    private bool _isCancelled;

    public ReadinessCallback(EventLoop loop, Action<object?> callback, object? state)
    {
        _loop = loop;
        _callback = callback;
        _state = state;
    }

    /// <summary>Queues one call, unless one is queued already.</summary>
    public void Queue()
    {
        if (_isQueued)
            return;
        _isQueued = true;
        _loop.Signal(this);
    }

    /// <summary>Prevents further calls, the queued one included.</summary>
    public void Cancel() => _isCancelled = true;

    internal override void Run()
    {
        _isQueued = false;
        if (!_isCancelled)
            _callback(_state);
    }
}
