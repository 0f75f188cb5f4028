using System.Diagnostics;

namespace Coroutines.CompilerServices;

// From spawn to outcome.
public abstract partial class LoopTask
{
    /// <summary>Makes the coroutine a task of <paramref name="loop"/>, ready to take its first step.</summary>
    internal void Spawn(EventLoop loop, string? name)
    {
        // A recycled object has run on this loop before, and a store of a reference costs more than the look.
        if (Loop != loop)
            Loop = loop;
        Bits |= TaskBits.Spawned;
        if (name is not null)
            SpawnNamed(name);
        else if (loop.IsContextChanged)
            KeepContext();
        loop.AddTask(this);
        loop.Ready.Enqueue(this);
    }

    private void SpawnNamed(string name)
    {
        var details = Details ??= new TaskDetails();
        details.Name = name;
        var outer = Activity.Current;
        details.Activity = TaskActivity.Start(name, Loop!);
        if (Loop!.IsContextChanged)
            KeepContext();
        if (details.Activity is not null)
            Activity.Current = outer;
    }

    /// <summary>Ends the task after a step that did not suspend.</summary>
    private protected void End(Step step)
    {
        if (step == Step.Completed)
            Bits |= TaskBits.RanToCompletion;
        else
            Bits |= TaskBits.Cancelled;
        Leave();
    }

    /// <summary>Ends the task with an exception that left its outermost frame.</summary>
    internal void EndWith(Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            Bits |= TaskBits.Cancelled;
        }
        else
        {
            Bits |= TaskBits.Faulted;
            (Details ??= new TaskDetails()).Fault = new FaultRecord(exception, Loop!);
        }

        ClearFrame();
        Leave();
    }

    /// <summary>Drops what the frame still refers to after a fault.</summary>
    private protected abstract void ClearFrame();

    private void Leave()
    {
        var loop = Loop!;
        loop.RemoveTask(this);
        LeaveScopes();
        while (Waiters.TakeFirst() is { } waiter)
            loop.Signal(waiter);
    }

    /// <summary>Gives the thread the execution context that the task kept; what the thread has after the step is kept anew.</summary>
    private protected void EnterContext()
    {
        Bits &= ~TaskBits.OwnContext;
        var details = Details!;
        if (details.Context is { } context)
            ExecutionContext.Restore(context);
        details.Context = null;
    }

    /// <summary>Keeps the thread's execution context for the task's next step.</summary>
    internal void KeepContext() => KeepContext(ExecutionContext.Capture());

    /// <summary>Keeps an execution context for the task's next step.</summary>
    internal void KeepContext(ExecutionContext? context)
    {
        (Details ??= new TaskDetails()).Context = context;
        Bits |= TaskBits.OwnContext;
    }
}
