using System.Collections;
using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>A <see cref="FrameIterator{TFrame}"/> that can be run any number of times. Not meant to be used in user code.</summary>
/// <typeparam name="TFrame">The generated state machine.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrameIterable<TFrame> : IEnumerable<ILoopAwaitable?>, IColdIterator
    where TFrame : struct, IIteratorFrame<TFrame>
{
    /// <summary>The arguments. A factory writes them before anybody else sees the object.</summary>
    public TFrame Frame;

    /// <inheritdoc />
    public IEnumerator<ILoopAwaitable?> GetEnumerator() => new FrameIterator<TFrame> { Frame = Frame };

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    Coroutine IColdIterator.AsCoroutine() => Run(ref Frame);

    /// <summary>A run with a copy of the arguments.</summary>
    internal static Coroutine Run(ref TFrame frame)
    {
        var task = FrameTask<TFrame, Unit>.Rent();
        task.Frame = frame;
        return task.AsPlainCoroutine();
    }
}
