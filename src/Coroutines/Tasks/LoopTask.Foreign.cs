using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

// Waiting for awaiters that know nothing of loops: Task, ValueTask, anything with GetAwaiter.
public abstract partial class LoopTask
{
    /// <summary>Suspends until a foreign awaiter completes. Cannot be cancelled: the foreign code must finish first.</summary>
    /// <typeparam name="TAwaiter">The awaiter's type.</typeparam>
    /// <param name="awaiter">An awaiter that is not completed.</param>
    public void SuspendForeign<TAwaiter>(ref TAwaiter awaiter)
        where TAwaiter : INotifyCompletion
    {
        Bits |= TaskBits.ForeignWait;
        try
        {
            awaiter.OnCompleted(WakeAction);
        }
        catch
        {
            Bits &= ~TaskBits.ForeignWait;
            throw;
        }
    }

    /// <inheritdoc cref="SuspendForeign{TAwaiter}(ref TAwaiter)" />
    public void SuspendForeignUnsafe<TAwaiter>(ref TAwaiter awaiter)
        where TAwaiter : ICriticalNotifyCompletion
    {
        Bits |= TaskBits.ForeignWait;
        // No type of ours gets here but through an interface: the operand is dynamic.
        if (!typeof(TAwaiter).IsValueType && awaiter is IMarkedAwaiter)
            (Details ??= new TaskDetails()).IsOwnAwaiter = true;
        try
        {
            awaiter.UnsafeOnCompleted(WakeAction);
        }
        catch
        {
            Bits &= ~TaskBits.ForeignWait;
            throw;
        }
        finally
        {
            if (!typeof(TAwaiter).IsValueType && Details is { } details)
                details.IsOwnAwaiter = false;
        }
    }

    /// <summary>Suspends until an awaiter completes whose type is known at run time only. Can be cancelled if it is one of this library, which is then asked for the result.</summary>
    /// <param name="awaiter">An awaiter that is not completed.</param>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public void SuspendForeign(object awaiter)
    {
        if (awaiter is ICriticalNotifyCompletion critical)
        {
            SuspendForeignUnsafe(ref critical);
            return;
        }

        var other = (INotifyCompletion)awaiter;
        SuspendForeign(ref other);
    }

    private Action WakeAction => (Details ??= new TaskDetails()).Wake ??= WakeFromAnyThread;

    private void WakeFromAnyThread()
    {
        var loop = Loop!;
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
            WakeFromForeign();
        else
            // A loop ends after its tasks: one that has ended is called by an awaiter that calls twice.
            loop.TryPostUntyped(static task => ((LoopTask)task!).WakeFromForeign(), this);
    }

    // An awaiter that calls its continuation twice wakes the task once.
    private void WakeFromForeign()
    {
        if ((Bits & TaskBits.ForeignWait) == 0)
            return;
        Bits &= ~TaskBits.ForeignWait;
        Loop!.Ready.Enqueue(this);
    }
}
