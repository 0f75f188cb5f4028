using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>While a loop runs a main coroutine: the first SIGINT (Ctrl-C) or SIGTERM cancels it, the next one does what the system does with it, which is to end the process.
/// A signal that the program itself asks for with <see cref="EventLoop.OnSignal"/> is left to it.</summary>
internal sealed class InterruptHandling : IDisposable
{
    private readonly EventLoop _loop;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _count;

    public InterruptHandling(EventLoop loop)
    {
        _loop = loop;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    /// <summary>On the thread on which signals come.</summary>
    internal void OnSignal(PosixSignalContext context)
    {
        if (_loop.Handles(context.Signal))
            return;
        if (Interlocked.Increment(ref _count) == 1 && _loop.TryPost(static loop => loop.CancelRoot(), _loop))
            context.Cancel = true;
    }
}
