using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>Reads a stream of unknown origin from a generated coroutine, so that it goes on for its reader after whatever it waits for. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamReading
{
    /// <summary>Asks for the next element. Loop thread only.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="enumerator">The stream.</param>
    /// <returns>Whether there is one.</returns>
    public static ValueTask<bool> MoveNext<T>(IAsyncEnumerator<T> enumerator)
    {
        // A generated stream is told who reads it.
        if (enumerator is PulledTask || EventLoop.Current.LogicalTask is not { } reader)
            return enumerator.MoveNextAsync();
        using (ReaderContext.Enter(reader))
            return enumerator.MoveNextAsync();
    }

    /// <summary>Leaves a stream. Loop thread only.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="enumerator">The stream.</param>
    /// <returns>When it has been left.</returns>
    public static ValueTask Dispose<T>(IAsyncEnumerator<T> enumerator)
    {
        if (enumerator is PulledTask || EventLoop.Current.LogicalTask is not { } reader)
            return enumerator.DisposeAsync();
        using (ReaderContext.Enter(reader))
            return enumerator.DisposeAsync();
    }

    /// <inheritdoc cref="MoveNext{T}(IAsyncEnumerator{T})" />
    public static ConfiguredValueTaskAwaitable<bool> MoveNext<T>(ConfiguredCancelableAsyncEnumerable<T>.Enumerator enumerator)
    {
        if (EventLoop.Current.LogicalTask is not { } reader)
            return enumerator.MoveNextAsync();
        using (ReaderContext.Enter(reader))
            return enumerator.MoveNextAsync();
    }

    /// <inheritdoc cref="Dispose{T}(IAsyncEnumerator{T})" />
    public static ConfiguredValueTaskAwaitable Dispose<T>(ConfiguredCancelableAsyncEnumerable<T>.Enumerator enumerator)
    {
        if (EventLoop.Current.LogicalTask is not { } reader)
            return enumerator.DisposeAsync();
        using (ReaderContext.Enter(reader))
            return enumerator.DisposeAsync();
    }
}
