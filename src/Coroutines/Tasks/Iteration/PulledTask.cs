using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Code that runs outside its task's frame though the task waits for nothing else: the body of a stream that a task reads through <see cref="IAsyncEnumerator{T}"/>.
/// Loop thread only.
/// </summary>
/// <remarks>
/// A <em>pull</em> lasts from the reader's call until the stream answers. Meanwhile the stream's suspensions are cancelled with the reader's task, as they would be if it ran
/// in the reader's frame; between pulls it stands at a <c>yield</c> and waits for nothing.
/// </remarks>
public abstract class PulledTask : LoopTask
{
    private bool _isPulled;

    private protected PulledTask()
    {
    }

    /// <summary>The task that reads, or read last.</summary>
    internal LoopTask? Owner { get; private set; }

    /// <summary>The next pull of the same owner.</summary>
    internal PulledTask? NextPull { get; private set; }

    /// <summary>The owner was cancelled while it waited for this.</summary>
    internal virtual void BeginCancellationWithOwner() => BeginCancellation();

    /// <summary>From now until <see cref="EndPull"/> this is cancelled whenever <paramref name="owner"/> is.</summary>
    internal void BeginPull(LoopTask? owner)
    {
        Owner = owner;
        if (owner is not null)
        {
            var details = owner.Details ??= new TaskDetails();
            NextPull = details.Pulls;
            details.Pulls = this;
            _isPulled = true;
        }

        RefreshOwnCancellation();
    }

    /// <summary>Whether <paramref name="owner"/> waits for what <paramref name="task"/> does.</summary>
    internal static bool RunsFor(LoopTask task, LoopTask owner)
    {
        while (task is PulledTask { _isPulled: true, Owner: { } next })
        {
            if (ReferenceEquals(next, owner))
                return true;
            task = next;
        }

        return false;
    }

    /// <summary>The owner has ended: what is still under way, because nobody awaited it, is nobody's.</summary>
    internal static void Disown(TaskDetails details)
    {
        while (details.Pulls is { } pull)
        {
            pull.EndPull();
            pull.Owner = null;
        }
    }

    internal void EndPull()
    {
        if (!_isPulled)
            return;
        _isPulled = false;
        var details = Owner!.Details!;
        if (details.Pulls == this)
        {
            details.Pulls = NextPull;
        }
        else
        {
            var before = details.Pulls!;
            while (before.NextPull != this)
                before = before.NextPull!;
            before.NextPull = NextPull;
        }

        NextPull = null;
    }

    private protected override bool IsCancelledFromOutside => base.IsCancelledFromOutside || (_isPulled && (Owner!.Bits & TaskBits.CancelRequested) != 0);

    private protected override void TellScopes()
    {
        base.TellScopes();
        if (_isPulled && (Owner!.Bits & TaskBits.CancelRequested) != 0)
            Owner.TellScopesOfPull();
    }
}
