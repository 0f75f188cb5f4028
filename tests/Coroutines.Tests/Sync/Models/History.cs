namespace Coroutines.Tests.Sync.Models;

/// <summary>
/// A random history of tasks that share one object, and of the model of that object: lists of numbers instead of linked nodes. After each turn, both must have done the same, in the same order.
/// </summary>
internal abstract class History : IDisposable
{
    private const int MostTurns = 1_000;

    private readonly List<CoroutineTask> _tasks = [];
    private readonly HashSet<int> _cancelled = [];
    private readonly Queue<Action> _nextTurn = new();
    private readonly List<string> _expected = [];
    private readonly List<string> _seen = [];

    protected EventLoop Loop { get; } = VirtualLoop.Create();

    /// <summary>How many tasks were started.</summary>
    protected int Count => _tasks.Count;

    /// <summary>Runs a whole history: each byte is an operation and what it is about.</summary>
    public static void Run<T>(byte[] operations)
        where T : History, new()
    {
        using var history = new T();
        foreach (byte operation in operations)
            history.Do(operation % 16, operation / 16);
        history.CancelAll();
        history.LetGo();
        for (int turn = 0; history.Loop.TaskCount > 0; turn++)
        {
            Assert.True(turn < MostTurns, "Tasks are left that nobody wakes.");
            history.Turn();
            history.LetGo();
        }

        history.AssertNothingIsLeft();
    }

    public void Dispose() => Loop.Dispose();

    /// <summary>Does one operation, on the object and on its model.</summary>
    /// <param name="operation">From 0 to 15.</param>
    /// <param name="choice">What it is about, from 0 to 15.</param>
    protected abstract void Do(int operation, int choice);

    /// <summary>Gives back what the tasks that are through still hold.</summary>
    protected abstract void LetGo();

    protected abstract void AssertNothingIsLeft();

    /// <summary>In the model, takes a task out of what it waits in. False if it does not wait, or cannot be taken out.</summary>
    protected abstract bool TryAbandon(int who);

    /// <summary>What a task that was taken out does in its next step.</summary>
    protected virtual void Abandoned(int who) => Expect($"{who} cancelled");

    /// <summary>Spawns a task, and lets the model arrive in the turn in which the task does.</summary>
    protected void Start(Func<int, Coroutine> body, Action<int> arrive)
    {
        int who = _tasks.Count;
        _tasks.Add(Loop.Spawn(body(who)));
        InNextTurn(() => arrive(who));
    }

    /// <summary>Cancels one of the tasks started last, or of those that have ended.</summary>
    protected void Cancel(int choice)
    {
        if (Count > 0)
            CancelTask(Math.Max(0, Count - 1 - choice));
    }

    protected bool IsCancelled(int who) => _cancelled.Contains(who);

    protected void Turn()
    {
        int steps = _nextTurn.Count;
        Loop.RunOnce();
        for (int i = 0; i < steps; i++)
            _nextTurn.Dequeue()();
        Assert.Equal(_expected, _seen);
        _expected.Clear();
        _seen.Clear();
    }

    protected void InNextTurn(Action step) => _nextTurn.Enqueue(step);

    /// <summary>In the model: what a task is about to see.</summary>
    protected void Expect(string line) => _expected.Add(line);

    /// <summary>In a task: what it has seen.</summary>
    protected void See(string line) => _seen.Add(line);

    private void CancelAll()
    {
        for (int who = 0; who < Count; who++)
            CancelTask(who);
    }

    private void CancelTask(int who)
    {
        _tasks[who].Cancel();
        if (_cancelled.Add(who) && TryAbandon(who))
            InNextTurn(() => Abandoned(who));
    }
}
