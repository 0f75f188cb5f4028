namespace Coroutines;

/// <summary>What the user gave to <c>AddReader</c> or <c>AddWriter</c>, with the execution context of that call.</summary>
internal sealed class DescriptorCallback : ReadinessCallback
{
    private readonly Action<object?> _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context;

    public DescriptorCallback(EventLoop loop, Action<object?> callback, object? state)
        : base(loop)
    {
        _callback = callback;
        _state = state;
        var context = ExecutionContext.Capture();
        if (context != loop.BaseContext)
            _context = context;
    }

    protected override void Call()
    {
        if (_context is not null)
            ExecutionContext.Restore(_context);
        _callback(_state);
    }
}
