using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>
/// The state machine of a generated stream. Its <c>MoveNext</c> also answers <see cref="Step.Yielded"/>; <c>TakeResult</c> then gives the element.
/// Not meant to be used in user code.
/// </summary>
/// <typeparam name="TSelf">The frame.</typeparam>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStreamFrame<TSelf, T> : ICoroutineFrame<TSelf, T>
    where TSelf : struct, IStreamFrame<TSelf, T>
{
    /// <summary>
    /// Asks a stream that stands at a <c>yield</c>, has not started, or has ended, to leave. If it says true, its <c>finally</c> blocks are still to run: call <c>MoveNext</c> until it has ended.
    /// </summary>
    /// <param name="frame">The state.</param>
    /// <returns>False if there is nothing left to run.</returns>
    static abstract bool BeginDispose(ref TSelf frame);

    /// <summary>The parameter that a reader's token goes to, see <see cref="EnumeratorCancellationAttribute"/>; a null reference if there is none.</summary>
    /// <param name="frame">The state.</param>
    /// <returns>Where the token is.</returns>
    static virtual ref CancellationToken TokenOf(ref TSelf frame) => ref Unsafe.NullRef<CancellationToken>();
}
