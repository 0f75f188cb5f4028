using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>The state machine of a generated generator-style coroutine. Not meant to be used in user code.</summary>
/// <typeparam name="TSelf">The frame.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IIteratorFrame<TSelf> : ICoroutineFrame<TSelf, Unit>
    where TSelf : struct, IIteratorFrame<TSelf>
{
    /// <summary>The compiler's iterator with the arguments of a frame that has not run: for whoever advances it by hand.</summary>
    /// <param name="frame">The arguments.</param>
    /// <returns>The iterator at its beginning.</returns>
    static abstract IEnumerator<ILoopAwaitable?> Iterate(ref TSelf frame);
}
