using System.Diagnostics;

namespace Coroutines;

/// <summary>
/// Tasks that end before the block that started them does.
/// </summary>
/// <remarks>
/// <para><c>await using var group = new TaskGroup();</c>, some <see cref="Spawn(Coroutine, string?)"/>, and <c>await group.Join();</c> at the end. When a child fails, the other children and
/// the block itself are cancelled, and <see cref="Join"/> throws all failures as one <see cref="AggregateException"/>. A child that is cancelled by its own handle is no failure.</para>
/// <para>A block that is left without <see cref="Join"/>, because it failed, returned early or was cancelled, cancels the children and waits for them. C# does not tell
/// <see cref="DisposeAsync"/> which exception is under way, so failures of children in that wait go to <see cref="EventLoop.UnhandledException"/>; <see cref="Run(Func{TaskGroup, Coroutine})"/>
/// knows, and throws them together with the block's own.</para>
/// <para>Belongs to its loop; loop thread only. A group may be handed to other coroutines for them to spawn in.</para>
/// </remarks>
[DebuggerDisplay("children = {Count}, cancelled = {Scope.IsCancelled}")]
public sealed partial class TaskGroup : IAsyncDisposable
{
    private readonly ChildTasks _children = new();

    /// <summary>Opens a group in the running task. Does not suspend.</summary>
    /// <exception cref="InvalidOperationException">No coroutine runs here.</exception>
    public TaskGroup() => _children.Open(LoopAwaiters.RunningTask);

    /// <summary>The scope in which the children and the rest of the block run: to be cancelled, given a deadline or shielded. Leave it by <see cref="Join"/>, not by disposing it.</summary>
    public CancelScope Scope => _children.Scope;

    /// <summary>How many children have not ended.</summary>
    public int Count => _children.Count;

    /// <summary>Runs <paramref name="coroutine"/> as a child, beginning in the next turn. Does not suspend.</summary>
    /// <param name="coroutine">A cold coroutine.</param>
    /// <param name="name">A name to see in dumps.</param>
    /// <returns>The child's handle. Its failure is the group's, whether or not somebody awaits the handle.</returns>
    /// <exception cref="InvalidOperationException">The group is closed, the coroutine has been used, or this is not the loop's thread.</exception>
    public CoroutineTask Spawn(Coroutine coroutine, string? name = null)
    {
        VerifyOpen();
        var body = coroutine.Consume();
        _children.Spawn(body, name);
        return new CoroutineTask(body, body.Version);
    }

    /// <inheritdoc cref="Spawn(Coroutine, string?)" />
    /// <typeparam name="T">The result, which awaiting the handle gives, also after <see cref="Join"/>.</typeparam>
    public CoroutineTask<T> Spawn<T>(Coroutine<T> coroutine, string? name = null)
    {
        VerifyOpen();
        var body = coroutine.Consume();
        _children.Spawn(body, name);
        return new CoroutineTask<T>(body, body.Version);
    }

    /// <inheritdoc cref="Spawn(Coroutine, string?)" />
    /// <param name="coroutine">A generator-style coroutine.</param>
    /// <param name="name">A name to see in dumps.</param>
    public CoroutineTask Spawn(IEnumerator<ILoopAwaitable?> coroutine, string? name = null) => Spawn(coroutine.AsCoroutine(), name);

    /// <inheritdoc cref="Spawn(IEnumerator{ILoopAwaitable?}, string?)" />
    public CoroutineTask Spawn(IEnumerable<ILoopAwaitable?> coroutine, string? name = null) => Spawn(coroutine.AsCoroutine(), name);

    /// <summary>Cancels the children and what the block still awaits; <see cref="Join"/> then returns without an exception. Does not suspend.</summary>
    /// <param name="reason">Becomes part of the exception's message where there is one.</param>
    /// <returns>False if the group was cancelled before, or is closed.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool Cancel(string? reason = null) => Scope.Cancel(reason);

    /// <summary>
    /// Starts a child and waits until it says that it is ready. Suspends.
    /// </summary>
    /// <remarks>Cancelling the wait leaves the child to the group.</remarks>
    /// <typeparam name="T">What the child has to say, for example the address it listens on.</typeparam>
    /// <param name="body">Gets a future and completes it when ready; goes on as a child of the group.</param>
    /// <returns>What the child said.</returns>
    /// <exception cref="InvalidOperationException">The child ended without having said so.</exception>
    [Coroutine]
    public async Coroutine<T> Start<T>(Func<Future<T>, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var ready = new Future<T>(_children.Loop);
        Spawn(Started(body, ready));
        try
        {
            return await ready;
        }
        catch (OperationCanceledException) when (ready.Status == CoroutineStatus.Cancelled)
        {
            // Inside the group this is cancelled with a child that has failed; who has only been handed the group is not.
            await Coroutine.Checkpoint();
            throw new InvalidOperationException("The child ended without having completed the future that says it is ready.");
        }
    }

    /// <summary>
    /// Waits until all children have ended, and closes the group. Suspends. Cancelling it cancels the children, for which it still waits.
    /// </summary>
    /// <exception cref="AggregateException">Children have failed.</exception>
    /// <exception cref="InvalidOperationException">The group is closed, or this is not the task that opened it, or a scope or group inside is still open.</exception>
    [Coroutine]
    public async Coroutine Join()
    {
        VerifyOpen();
        Scope.VerifyInnermost();
        // A child that was spawned after the last one had ended, before this came to know, counts too.
        while (_children.Count > 0)
            await _children.Ended();
        Close();
        if (_children.TakeFailures() is { } failures)
            throw new AggregateException(failures);
        await Coroutine.Checkpoint();
    }

    /// <summary>Leaves the group: without <see cref="Join"/>, the children are cancelled and awaited. Suspends while any lives.</summary>
    /// <exception cref="AggregateException">A child failed before the block was left.</exception>
    /// <exception cref="OperationCanceledException">The block was left because <see cref="Cancel"/> was called.</exception>
    /// <exception cref="TimeoutException">The block was left because the deadline of <see cref="Scope"/> had passed.</exception>
    [Coroutine]
    public async Coroutine DisposeAsync()
    {
        if (Scope.IsLeft)
            return;
        Scope.VerifyInnermost();
        int failed = _children.Failures?.Count ?? 0;
        Scope.Cancel("the group's block was left without Join");
        while (_children.Count > 0)
            await _children.Ended();
        bool isEnd = Close() && failed == 0;
        if (_children.Failures is { } failures)
        {
            if (failed > 0)
                throw new AggregateException(failures);
            foreach (var failure in failures)
                _children.Loop.ReportUnhandled(failure);
        }

        if (isEnd)
            throw Scope.CreateException();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();

    /// <summary>
    /// Runs <paramref name="body"/> with a group that lives as long as it does. Suspends until the body and all children have ended.
    /// </summary>
    /// <param name="body">Gets the group; when it returns, the children are awaited, and when it fails they are cancelled.</param>
    /// <returns>A cold coroutine. It completes also if <see cref="Cancel"/> ended the body.</returns>
    /// <exception cref="AggregateException">The body, or children, have failed: all of their exceptions.</exception>
    public static Coroutine Run(Func<TaskGroup, Coroutine> body) => GroupFrame.Create(body);

    /// <summary>Ends the group for <see cref="GroupFrame"/>. True if what was cancelled inside ends here.</summary>
    internal bool Close() => Scope.Leave();

    internal ChildTasks Children => _children;

    private void VerifyOpen()
    {
        _children.Loop.VerifyAccess();
        if (Scope.IsLeft)
            throw new InvalidOperationException("The group is closed: it was joined or its block was left. Spawn in a group that is open.");
    }

    [Coroutine]
    private static async Coroutine Started<T>(Func<Future<T>, Coroutine> body, Future<T> ready)
    {
        try
        {
            await body(ready);
        }
        finally
        {
            // Not an exception, which would be lost, and reported, if the wait was given up.
            ready.Cancel();
        }
    }
}
