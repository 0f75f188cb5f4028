using System.Collections;
using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>
/// What a call of a generated generator-style coroutine returns where it is not awaited or spawned on the spot: the arguments, until somebody says how it is to run. Not meant to be used
/// in user code.
/// </summary>
/// <remarks>Awaited or spawned, it runs in its generated frame. Advanced by hand, through <see cref="IEnumerator{T}"/>, it is the compiler's iterator.</remarks>
/// <typeparam name="TFrame">The generated state machine.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrameIterator<TFrame> : IEnumerator<ILoopAwaitable?>, IColdIterator
    where TFrame : struct, IIteratorFrame<TFrame>
{
    /// <summary>The arguments. A factory writes them before anybody else sees the object.</summary>
    public TFrame Frame;

    private IEnumerator<ILoopAwaitable?>? _byHand;
    private bool _isConsumed;

    /// <inheritdoc />
    public ILoopAwaitable? Current => ByHand.Current;

    object? IEnumerator.Current => Current;

    /// <inheritdoc />
    public bool MoveNext() => ByHand.MoveNext();

    /// <inheritdoc />
    public void Reset() => ByHand.Reset();

    /// <inheritdoc />
    public void Dispose() => ByHand.Dispose();

    Coroutine IColdIterator.AsCoroutine()
    {
        if (_byHand is not null)
            return IteratorFrame.Create(_byHand);
        if (_isConsumed)
            IteratorFrame.ThrowConsumed();
        _isConsumed = true;
        var coroutine = FrameIterable<TFrame>.Run(ref Frame);
        Frame = default;
        return coroutine;
    }

    private IEnumerator<ILoopAwaitable?> ByHand
    {
        get
        {
            if (_isConsumed)
                IteratorFrame.ThrowConsumed();
            return _byHand ??= TFrame.Iterate(ref Frame);
        }
    }
}
