using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>Reads a stream of unknown origin from a generated coroutine, so that it goes on for its reader after whatever it waits for. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamReading
{
    /// <summary>What the current task calls until the value is disposed of may read streams. Loop thread only.</summary>
    /// <returns>To be disposed of in the same step.</returns>
    public static Reading Begin() => new(EventLoop.Current.LogicalTask);

    /// <summary>Asks for the next element. Loop thread only.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="enumerator">The stream.</param>
    /// <returns>Whether there is one.</returns>
    public static ValueTask<bool> MoveNext<T>(IAsyncEnumerator<T> enumerator)
    {
        // A generated stream is told who reads it.
        if (enumerator is PulledTask)
            return enumerator.MoveNextAsync();
        using (Begin())
            return enumerator.MoveNextAsync();
    }

    /// <summary>Leaves a stream. Loop thread only.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="enumerator">The stream.</param>
    /// <returns>When it has been left.</returns>
    public static ValueTask Dispose<T>(IAsyncEnumerator<T> enumerator)
    {
        if (enumerator is PulledTask)
            return enumerator.DisposeAsync();
        using (Begin())
            return enumerator.DisposeAsync();
    }

    /// <inheritdoc cref="MoveNext{T}(IAsyncEnumerator{T})" />
    public static ConfiguredValueTaskAwaitable<bool> MoveNext<T>(ConfiguredCancelableAsyncEnumerable<T>.Enumerator enumerator)
    {
        using (Begin())
            return enumerator.MoveNextAsync();
    }

    /// <inheritdoc cref="Dispose{T}(IAsyncEnumerator{T})" />
    public static ConfiguredValueTaskAwaitable Dispose<T>(ConfiguredCancelableAsyncEnumerable<T>.Enumerator enumerator)
    {
        using (Begin())
            return enumerator.DisposeAsync();
    }

    /// <summary>While something is called that may read streams.</summary>
    public readonly ref struct Reading
    {
        private readonly ReaderContext.Reading _reading;

        internal Reading(LoopTask? reader) => _reading = reader is null ? default : ReaderContext.Enter(reader);

        /// <summary>The call has returned.</summary>
        public void Dispose() => _reading.Dispose();
    }
}
