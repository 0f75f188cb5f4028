using System.Runtime.InteropServices;

namespace Coroutines;

// Signals as a stream.
public readonly partial struct Coroutine
{
    /// <summary>
    /// The signals that the process gets from when the first one is asked for, instead of what the system would do with them, in the order in which they come. Suspends until the next one; cancelled with the coroutine that reads.
    /// </summary>
    /// <remarks>
    /// None is lost while the stream is read: what comes while the reader does something else waits. Once the reader leaves its <c>await foreach</c>, the system does again what it did before. Waiting for a
    /// signal does not hold virtual time.
    /// </remarks>
    /// <param name="signals">Which ones.</param>
    /// <returns>To be read with <c>await foreach</c>.</returns>
    /// <exception cref="PlatformNotSupportedException">This system does not have one of them.</exception>
    [Coroutine]
    public static async IAsyncEnumerable<PosixSignal> Signals(params PosixSignal[] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var arrived = LoopChannel.CreateUnbounded<PosixSignal>();
        var subscriptions = new List<IDisposable>();
        try
        {
            foreach (var signal in signals)
                subscriptions.Add(EventLoop.Current.OnSignal(signal, next => arrived.TryWrite(next)));
            while (true)
                yield return await arrived.Read();
        }
        finally
        {
            foreach (var subscription in subscriptions)
                subscription.Dispose();
        }
    }
}
