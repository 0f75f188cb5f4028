using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// The tasks that live in one scope of their parent's: what groups and combinators are made of. Loop thread only.
/// </summary>
/// <remarks>
/// The first failure cancels the scope, and with it the siblings and the parent's own suspensions inside. The parent leaves only when all have ended
/// (<see cref="Ended"/>), whatever cancels it: so no child outlives the scope.
/// </remarks>
internal sealed class ChildTasks : TaskParent
{
    private struct Slot
    {
        public LoopTask Task;
    }

    private Slot[] _tasks = new Slot[4];
    private LoopTask? _waiting;
    private List<Exception>? _failures;

    private CancelScope? _scope;

    public CancelScope Scope => _scope!;

    public EventLoop Loop => Scope.Task.Loop!;

    public int Count { get; private set; }

    /// <summary>The exceptions that children have ended with, or null.</summary>
    public IReadOnlyList<Exception>? Failures => _failures;

    public override LoopTask Owner => Scope.Task;

    public override bool IsAwaited => _waiting is not null;

    public override bool IsLeft => Scope.IsLeft;

    public override bool IsCancelled => Scope.Task.IsCancelledAt(Scope);

    public override TimeSpan Deadline => Scope.Deadline;

    /// <summary>The <see cref="Failures"/>, for one who throws them: nobody else is to tell them again.</summary>
    public IReadOnlyList<Exception>? TakeFailures()
    {
        var failures = _failures;
        _failures = null;
        return failures;
    }

    /// <summary>Opens the scope in <paramref name="parent"/>, the running task.</summary>
    public void Open(LoopTask parent)
    {
        if (_scope is null)
            _scope = CancelScope.OpenIn(parent);
        else
            _scope.Reopen(parent);
        _scope.Children = this;
    }

    /// <summary>Makes the object, whose scope was left, fit for other children.</summary>
    public void Reset() => _failures = null;

    /// <summary>Makes <paramref name="body"/> a task that lives here.</summary>
    public void Spawn(LoopTask body, string? name)
    {
        body.Spawn(Loop, name);
        var details = body.Details ??= new TaskDetails();
        details.Parent = this;
        details.ChildIndex = Count;
        if (Count == _tasks.Length)
            Array.Resize(ref _tasks, Count * 2);
        _tasks[Count++].Task = body;
        if (body.RefreshFromOutside())
            body.RefreshOwnCancellation();
    }

    public override void PushChildren(Stack<LoopTask> tasks)
    {
        for (int i = Count - 1; i >= 0; i--)
            tasks.Push(_tasks[i].Task);
    }

    public override void LeaveBehind()
    {
        LoopTask.RefreshTree(this);
        foreach (var failure in _failures ?? [])
            Loop.ReportUnhandled(failure);
        _failures = null;
    }

    public override void ChildEnded(LoopTask child)
    {
        int index = child.Details!.ChildIndex;
        var last = _tasks[--Count].Task;
        _tasks[index].Task = last;
        last.Details!.ChildIndex = index;
        _tasks[Count].Task = null!;
        // Nobody asks any more where the scope was left behind: then the fault reports itself.
        if (!Scope.IsLeft && child.Details.Fault is { } fault)
        {
            fault.Settle();
            (_failures ??= []).Add(fault.Exception);
            Scope.Cancel("a child task failed");
        }

        if (Count == 0 && _waiting is { } parent)
        {
            _waiting = null;
            Loop.Ready.Enqueue(parent);
        }
    }

    /// <summary>Parks <paramref name="parent"/> until no child lives. False if none does.</summary>
    public bool Wait(LoopTask parent)
    {
        if (Count == 0)
            return false;
        if (_waiting is not null)
            throw new InvalidOperationException("Another coroutine already waits for the children of this group.");
        _waiting = parent;
        return true;
    }

    /// <summary>Awaited by the parent: completes when no child lives. Cannot be cancelled, but what cancels the parent cancels the children.</summary>
    public EndedAwaitable Ended() => new(this);

    /// <summary>What <see cref="Ended"/> returns.</summary>
    internal readonly struct EndedAwaitable(ChildTasks children)
    {
        public Awaiter GetAwaiter() => new(children);

        internal readonly struct Awaiter(ChildTasks children) : ISignalAwaiter
        {
            public bool IsCompleted => children.Count == 0;

            public bool Suspend(LoopTask task) => children.Wait(task);

            public void GetResult() => LoopAwaiters.EndAwait();

            public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

            public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
        }
    }
}
