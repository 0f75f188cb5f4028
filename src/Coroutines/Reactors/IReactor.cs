using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>
/// The operating system's readiness notifications behind nine verbs: claim, find, receive ahead, accept ahead, find what was accepted, set a callback, poll, wake, dispose. All but
/// <see cref="Wake"/> belong to the loop's thread.
/// </summary>
/// <remarks>
/// <para>Two styles share it. <em>One-shot waits</em> are for coroutines: call first, and wait only when the call said that it would
/// block; a notification that comes while nobody waits is dropped, because the next operation calls first again.
/// <em>Callbacks</em> are called in every turn in which the descriptor is ready. A descriptor is used in one style at a time.</para>
/// <para>A waiter is woken when its descriptor becomes ready, fails, or is closed; it learns which by repeating its call.</para>
/// </remarks>
internal interface IReactor : IDisposable
{
    /// <summary>Which backend this is.</summary>
    ReactorKind ReactorKind { get; }

    /// <summary>Whether any waiter or callback is registered. If not, a loop that has work need not poll.</summary>
    bool HasInterest { get; }

    /// <summary>How many times a descriptor was reported as ready. Any thread; it may see the last poll's late.</summary>
    long EventCount { get; }

    /// <summary>
    /// Makes sure that readiness of <paramref name="handle"/> is reported and that nobody waits for <paramref name="kind"/> yet.
    /// The caller then parks its node on the result with <see cref="Descriptor.Wait"/>, or leaves it: a claim alone registers no interest.
    /// </summary>
    /// <exception cref="InvalidOperationException">Somebody waits for this direction already, or the descriptor has callbacks.</exception>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    Descriptor Claim(SafeHandle handle, ReadinessKind kind);

    /// <summary>The entry of a handle that has been claimed and whose edges are reported, or null.</summary>
    Descriptor? Find(SafeHandle handle);

    /// <summary>
    /// Lets the system receive from a TCP connection while nobody asks for it, from the next wait for reading on: the reader takes from the result first and, as long as that is under way, receives in no other way.
    /// Null where the system cannot: then it calls and waits.
    /// </summary>
    /// <inheritdoc cref="Claim" path="exception" />
    ReceiveAhead? ReceiveAhead(SafeHandle handle);

    /// <summary>
    /// Lets the system accept on a listener while nobody asks for it, from the next wait for reading on and for as long as somebody waits: who accepts takes from the result first and, as long as that is under way, accepts
    /// in no other way. Null where the system cannot: then it calls and waits.
    /// </summary>
    /// <inheritdoc cref="Claim" path="exception" />
    AcceptAhead? AcceptAhead(SafeHandle listener);

    /// <summary>What <see cref="AcceptAhead"/> has returned for the listener before, or null.</summary>
    AcceptAhead? FindAcceptAhead(SafeHandle listener);

    /// <summary>
    /// Sets, replaces or (with null) removes what is called in every turn in which <paramref name="handle"/> is ready. Returns whether
    /// there was a callback before.
    /// </summary>
    /// <exception cref="InvalidOperationException">A coroutine waits for this descriptor.</exception>
    /// <exception cref="ObjectDisposedException">A callback is set and the handle is closed.</exception>
    bool SetCallback(SafeHandle handle, ReadinessKind kind, ReadinessCallback? callback);

    /// <summary>
    /// Wakes the waiters and queues the callbacks of every descriptor that is ready.
    /// </summary>
    /// <param name="timeoutTicks">
    /// In units of 100 ns: 0 does not block, a positive number blocks at most that long and never returns earlier because of
    /// rounding, -1 blocks until something is ready or <see cref="Wake"/> is called. It may return early with nothing ready.
    /// </param>
    void Poll(long timeoutTicks);

    /// <summary>Makes a blocked <see cref="Poll"/>, or the next one, return. From any thread, also after <see cref="IDisposable.Dispose"/>.</summary>
    void Wake();
}
