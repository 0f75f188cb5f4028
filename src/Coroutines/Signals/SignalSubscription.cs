using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>Hands signals, which come on other threads, to a loop.</summary>
internal sealed class SignalSubscription : IDisposable
{
    private readonly EventLoop _loop;
    private readonly PosixSignal _signal;
    private readonly Action<PosixSignal> _callback;
    private readonly PosixSignalRegistration _registration;
    private volatile bool _isDisposed;

    public SignalSubscription(EventLoop loop, PosixSignal signal, Action<PosixSignal> callback)
    {
        _loop = loop;
        _signal = signal;
        _callback = callback;
        _registration = PosixSignalRegistration.Create(signal, OnSignal);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (!_loop.IsDisposed)
            _loop.VerifyAccess();
        _isDisposed = true;
        _registration.Dispose();
        _loop.EndSignal(_signal);
    }

    // A loop that has ended handles nothing any more: then the system does what it does without us.
    private void OnSignal(PosixSignalContext context)
    {
        if (!_isDisposed && _loop.TryPost(static self => self.Call(), this))
            context.Cancel = true;
    }

    private void Call()
    {
        if (!_isDisposed)
            _callback(_signal);
    }
}
