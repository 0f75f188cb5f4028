using System.Runtime.InteropServices;

namespace Coroutines;

// Signals of the operating system, which come on other threads.
public sealed partial class EventLoop
{
    // One entry for each subscription, replaced as a whole: read on the threads on which signals come.
    private PosixSignal[] _handledSignals = [];

    /// <summary>
    /// Calls <paramref name="callback"/> on the loop's thread whenever the process gets <paramref name="signal"/>, instead of what the system would do, until the result is disposed. Does not suspend; loop thread only.
    /// </summary>
    /// <remarks>
    /// None is lost from the moment this returns: each is one call, in a turn of the loop that follows. Whoever else has asked for the signal, another loop or a <see cref="PosixSignalRegistration"/>, gets it as well.
    /// SIGHUP, SIGINT and SIGQUIT that were ignored when the process started, as under <c>nohup</c> or in the background of a script, stay ignored and never come.
    /// Waiting for a signal does not hold virtual time. What the callback throws goes to <see cref="UnhandledException"/>.
    /// </remarks>
    /// <param name="signal">Which one; a number above zero is the system's own.</param>
    /// <param name="callback">Gets the signal.</param>
    /// <returns>Dispose it on the loop's thread to end this; signals that came before and were not handed over are dropped then.</returns>
    /// <exception cref="PlatformNotSupportedException">This system does not have the signal.</exception>
    /// <exception cref="IOException">The system refused, for example because the signal cannot be caught.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public IDisposable OnSignal(PosixSignal signal, Action<PosixSignal> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VerifyAccess();
        var subscription = new SignalSubscription(this, signal, callback);
        Volatile.Write(ref _handledSignals, [.. _handledSignals, signal]);
        return subscription;
    }

    /// <summary>Whether somebody on this loop has asked for the signal. Any thread.</summary>
    internal bool Handles(PosixSignal signal) => Array.IndexOf(Volatile.Read(ref _handledSignals), signal) >= 0;

    internal void EndSignal(PosixSignal signal)
    {
        var handled = _handledSignals.ToList();
        handled.Remove(signal);
        Volatile.Write(ref _handledSignals, [.. handled]);
    }

    /// <summary>Cancels the task that <see cref="RunUntilComplete(Coroutine)"/> waits for.</summary>
    internal void CancelRoot() => _root?.RequestCancel();
}
