using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>
/// A stream that a generated coroutine reads, and that is no field of its frame: because it is recursive, too large, or not generated. Not meant to be used in user code.
/// </summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LoopStream<T> : PulledTask
{
    private protected LoopStream()
    {
    }

    /// <summary>Begins to read what a call has just returned.</summary>
    /// <param name="stream">A stream nobody else has.</param>
    /// <returns>The stream at its beginning.</returns>
    public static LoopStream<T> Open(IAsyncEnumerable<T> stream) =>
        stream as LoopStream<T> ?? new ForeignStream<T>((stream ?? throw new ArgumentNullException(nameof(stream))).GetAsyncEnumerator());

    /// <summary>Takes the element after <see cref="Step.Yielded"/>.</summary>
    /// <returns>The element.</returns>
    public abstract T TakeCurrent();

    /// <inheritdoc cref="IStreamFrame{TSelf, T}.BeginDispose" />
    public abstract bool BeginDispose();

    /// <summary>Gives the object back, after the stream has been disposed of.</summary>
    /// <param name="task">The task that has read it.</param>
    public abstract void Release(LoopTask task);
}
