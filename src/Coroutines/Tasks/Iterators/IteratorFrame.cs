using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Drives a compiler's iterator as a coroutine: the reference lowering of generator-style coroutines. Loop thread only.
/// </summary>
/// <remarks>
/// <para>Advances the iterator, runs what it yields in place, as a child of the same task, and goes on when that has ended. Disposes of the iterator on every way out, which runs the
/// <c>finally</c> blocks around the <c>yield</c> it stands at.</para>
/// <para>C# lets nobody throw at a <c>yield</c>, and no <c>catch</c> around one. So what a yielded awaitable throws ends the coroutine, and goes to who awaits it.</para>
/// </remarks>
internal struct IteratorFrame : ICoroutineFrame<IteratorFrame, Unit>
{
    // An iterator knows whether it has ended, not whether somebody else runs it.
    private static readonly ConditionalWeakTable<object, object?> s_used = [];

    private IEnumerable<ILoopAwaitable?>? _source;
    private IEnumerator<ILoopAwaitable?>? _iterator;
    private LoopTask<Unit>? _child;

    public static Coroutine Create(IEnumerator<ILoopAwaitable?> iterator)
    {
        if (!s_used.TryAdd(iterator, null))
            ThrowConsumed();
        var task = FrameTask<IteratorFrame, Unit>.Rent();
        task.Frame._iterator = iterator;
        return task.AsPlainCoroutine();
    }

    public static Coroutine Create(IEnumerable<ILoopAwaitable?> source)
    {
        var task = FrameTask<IteratorFrame, Unit>.Rent();
        task.Frame._source = source;
        return task.AsPlainCoroutine();
    }

    [DoesNotReturn]
    public static void ThrowConsumed() => throw new InvalidOperationException(
        "This iterator has been awaited or spawned before. A coroutine runs once: call the method again for another run, or spawn it and await the CoroutineTask several times.");

    [StackTraceHidden]
    public static Step MoveNext(ref IteratorFrame frame, LoopTask task)
    {
        Step step;
        try
        {
            step = frame.Advance(task);
            if (step == Step.Pending)
                return step;
        }
        catch
        {
            frame._iterator?.Dispose();
            throw;
        }

        frame._iterator!.Dispose();
        return step;
    }

    public static void Describe(ref IteratorFrame frame, CallChain chain)
    {
        if (frame._iterator is { } iterator)
            chain.Add(StateMachineName.Of(iterator.GetType()), "", 0);
        chain.Add(frame._child);
    }

    [StackTraceHidden]
    private Step Advance(LoopTask task)
    {
        if (_child is { } suspended && RunChild(suspended, task) is var resumed and not Step.Completed)
            return resumed;
        _iterator ??= _source!.GetEnumerator();
        while (_iterator.MoveNext())
        {
            var child = YieldedAwaitable.AsCoroutine(_iterator.Current).Consume();
            _child = child;
            if (RunChild(child, task) is var step and not Step.Completed)
                return step;
        }

        return Step.Completed;
    }

    [StackTraceHidden]
    private Step RunChild(LoopTask<Unit> child, LoopTask task)
    {
        var step = child.MoveNext(task);
        if (step == Step.Pending)
            return step;
        _child = null;
        if (step == Step.Completed)
            child.TakeResult(task);
        else
            child.Discard(task);
        return step;
    }
}
