using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

// Who may cancel a task's suspensions: the task's handle, its scopes, and the group it was spawned in.
public abstract partial class LoopTask
{
    /// <summary>
    /// Asks the task to end. A suspension that can be abandoned ends now, as cancelled; one that has its result already, or waits for a foreign awaiter, ends as usual,
    /// and the next one is refused.
    /// </summary>
    internal bool RequestCancel()
    {
        if ((Bits & (TaskBits.Ended | TaskBits.CancelledAsTask)) != 0)
            return false;
        Bits |= TaskBits.CancelledAsTask;
        RefreshCancellation();
        return true;
    }

    /// <summary>A token that is cancelled while this task's suspensions are.</summary>
    internal CancellationToken CancellationToken
    {
        get
        {
            var source = (Details ??= new TaskDetails()).TokenSource ??= new CancellationTokenSource();
            if ((Bits & TaskBits.CancelRequested) != 0)
                CancelToken(source);
            return source.Token;
        }
    }

    /// <summary>
    /// Works out anew whether the task's suspensions are cancelled, here and in the groups opened inside <paramref name="outermost"/>, or in any scope if it is null: called when
    /// that scope was cancelled or shielded, or when the task as a whole was cancelled.
    /// </summary>
    internal void RefreshCancellation(CancelScope? outermost = null)
    {
        if (IsEnded || (outermost is null && !RefreshFromOutside()))
            return;
        RefreshOwnCancellation();
        for (var scope = Details?.Scope; scope is not null; scope = scope == outermost ? null : scope.Outer)
        {
            if (scope.Children is { } children)
                RefreshTree(children);
        }
    }

    /// <summary>Works out anew whether <paramref name="children"/>, and all who live in them, are cancelled.</summary>
    // A stack of its own instead of recursion: groups may be nested deeper than the thread's reaches. What is cancelled first is the same.
    internal static void RefreshTree(TaskParent children)
    {
        var loop = children.Owner.Loop!;
        var left = loop.SpareTaskStack ?? new Stack<LoopTask>();
        loop.SpareTaskStack = null;
        children.PushChildren(left);
        while (left.TryPop(out var task))
        {
            if (task.IsEnded || !task.RefreshFromOutside())
                continue;
            task.RefreshOwnCancellation();
            PushGroups(task.Details?.Scope, left);
        }

        loop.SpareTaskStack = left;
    }

    // What lives in the innermost scope comes first, so it is pushed last.
    private static void PushGroups(CancelScope? scope, Stack<LoopTask> left)
    {
        if (scope is null)
            return;
        PushGroups(scope.Outer, left);
        scope.Children?.PushChildren(left);
    }

    /// <summary>Notes whether suspensions outside all of the task's scopes are cancelled. True if that has changed, and with it perhaps what lies inside.</summary>
    internal bool RefreshFromOutside()
    {
        bool isCancelled = (Bits & TaskBits.CancelledAsTask) != 0 || Details?.Parent is { IsCancelled: true };
        if (isCancelled == ((Bits & TaskBits.CancelledFromOutside) != 0))
            return false;
        Bits ^= TaskBits.CancelledFromOutside;
        return true;
    }

    /// <summary>Works out anew whether the task's own suspensions are cancelled: called when a scope was opened or left.</summary>
    internal void RefreshOwnCancellation()
    {
        if (IsEnded)
            return;
        if (IsCancelledAt(Details?.Scope))
            BeginCancellation();
        else
            EndCancellation();
    }

    /// <summary>Whether a suspension in <paramref name="scope"/> of this task is cancelled; null is outside all scopes.</summary>
    internal bool IsCancelledAt(CancelScope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.IsCancelled)
                return true;
            if (scope.IsShielded)
                return false;
        }

        return IsCancelledFromOutside;
    }

    /// <summary>Whether suspensions outside all scopes are cancelled.</summary>
    private protected virtual bool IsCancelledFromOutside => (Bits & TaskBits.CancelledFromOutside) != 0;

    private protected void BeginCancellation()
    {
        if ((Bits & TaskBits.CancelRequested) != 0)
            return;
        Bits |= TaskBits.CancelRequested;
        if (WaitSource is { } source)
        {
            source.Abandon(this);
            MarkCancelled();
            Loop!.Signal(this);
        }

        for (var pull = Details?.Pulls; pull is not null; pull = pull.NextPull)
            pull.BeginCancellationWithOwner();
        if (Details?.TokenSource is { } token)
        {
            // Foreign code that was given the token ends by it.
            if ((Bits & TaskBits.ForeignWait) != 0)
                MarkScopes(Details.Scope);
            CancelToken(token);
        }
    }

    // What foreign code has registered there runs here, and must not keep others from being cancelled.
    private void CancelToken(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (Exception exception)
        {
            Loop!.ReportUnhandled(exception);
        }
    }

    private void EndCancellation()
    {
        if ((Bits & TaskBits.CancelRequested) == 0)
            return;
        Bits &= ~TaskBits.CancelRequested;
        // Cancelled for good: what comes now needs a new one.
        if (Details is { TokenSource: { } source } details)
        {
            source.Dispose();
            details.TokenSource = null;
        }
    }

    /// <summary>The suspension that is being made, or is, ends as cancelled: the scopes that asked for it learn that they did something.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MarkCancelled()
    {
        Bits |= TaskBits.LeafCancelled;
        TellScopes();
    }

    /// <summary>Tells the scopes that asked for it that a suspension of this task was cancelled.</summary>
    private protected virtual void TellScopes() => MarkScopes(Details?.Scope);

    /// <summary>Tells the cancelled scopes from <paramref name="scope"/> outwards, up to a shield, that a suspension inside them was cancelled.</summary>
    internal static void MarkScopes(CancelScope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.IsCancelled)
                scope.HasCancelled = true;
            if (scope.IsShielded)
                break;
        }
    }

    /// <summary>A suspension of a stream that this task reads was cancelled because this task was.</summary>
    internal void TellScopesOfPull() => TellScopes();

    /// <summary>What an ended task leaves behind: scopes nobody left, the token, and the group it was in.</summary>
    private void LeaveScopes()
    {
        if (Details is not { } details)
            return;
        while (details.Scope is { } scope)
            scope.LeaveBehind();
        details.StandsInFor = null;
        details.TokenSource?.Dispose();
        details.TokenSource = null;
        if (details.Activity is { } activity)
        {
            details.Activity = null;
            TaskActivity.Stop(activity, Bits, details.Fault, Loop!);
        }

        PulledTask.Disown(details);
        if (details.Parent is { } parent)
        {
            details.Parent = null;
            parent.ChildEnded(this);
        }
    }
}
