namespace Coroutines.Tests.Sync.Models;

/// <summary>A condition is a list of those who wait for it, beside the list of those who wait for its lock.</summary>
internal sealed partial class ConditionHistory : History
{
    private enum Wants
    {
        /// <summary>The lock, to wait for the condition.</summary>
        ToWait,

        /// <summary>The lock back, as it was notified.</summary>
        ToGoOn,

        /// <summary>The lock back, as it was cancelled.</summary>
        ToLeave,
    }

    private readonly LoopCondition _condition;
    private readonly List<(int Who, Wants Wants)> _queue = [];
    private readonly List<int> _waiting = [];
    private readonly HashSet<int> _leaving = [];
    private LoopLock.Holder? _own;
    private bool _isHeld;

    public ConditionHistory() => _condition = new LoopCondition(new LoopLock(Loop));

    protected override void Do(int operation, int choice)
    {
        if (operation < 6)
            Start(who => Wait(who), who => Arrive(who, Wants.ToWait));
        else if (operation < 9)
            Cancel(choice);
        else if (operation == 9)
            TakeLock();
        else if (operation == 10)
            LetGo();
        else if (operation < 13)
            Notify(choice % 3);
        else
            Turn();
        Assert.Equal(_isHeld, _condition.Lock.IsHeld);
    }

    protected override void LetGo()
    {
        if (_own is not { } holder)
            return;
        holder.Dispose();
        _own = null;
        Release();
    }

    protected override void AssertNothingIsLeft()
    {
        Assert.False(_condition.Lock.IsHeld);
        Assert.Empty(_waiting);
        Assert.Empty(_queue);
    }

    protected override bool TryAbandon(int who)
    {
        // Notified or on its way out, it gets the lock back first, whatever happens.
        if (_waiting.Remove(who))
        {
            _leaving.Add(who);
            return true;
        }

        return _queue.Remove((who, Wants.ToWait));
    }

    protected override void Abandoned(int who)
    {
        if (_leaving.Contains(who))
            Arrive(who, Wants.ToLeave);
        else
            Expect($"{who} cancelled");
    }

    private void TakeLock()
    {
        Assert.Equal(!_isHeld, _condition.Lock.TryAcquire(out var holder));
        if (_isHeld)
            return;
        _own = holder;
        _isHeld = true;
    }

    private void Notify(int count)
    {
        if (_own is null)
            return;
        _condition.Notify(count);
        foreach (int who in _waiting.Take(count))
            _queue.Add((who, Wants.ToGoOn));
        _waiting.RemoveRange(0, Math.Min(count, _waiting.Count));
    }

    private void Arrive(int who, Wants wants)
    {
        if (!_isHeld)
        {
            _isHeld = true;
            Enter(who, wants);
        }
        else if (wants == Wants.ToWait && IsCancelled(who))
        {
            Expect($"{who} cancelled");
        }
        else
        {
            _queue.Add((who, wants));
        }
    }

    // With the lock: waits, or says how it went and ends. Either way the lock goes on to the next one.
    private void Enter(int who, Wants wants)
    {
        if (wants == Wants.ToGoOn)
            Expect($"{who} woken");
        else if (wants == Wants.ToLeave || IsCancelled(who))
            Expect($"{who} cancelled");
        else
            _waiting.Add(who);
        Release();
    }

    private void Release()
    {
        _isHeld = _queue.Count > 0;
        if (!_isHeld)
            return;
        var (who, wants) = _queue[0];
        _queue.RemoveAt(0);
        InNextTurn(() => Enter(who, wants));
    }

    [Coroutine]
    private async Coroutine Wait(int who)
    {
        try
        {
            using var holder = await _condition.Lock.Acquire();
            try
            {
                await _condition.Wait();
                See($"{who} woken");
            }
            finally
            {
                if (!holder.IsHolding)
                    See($"{who} leaves without the lock");
            }
        }
        catch (OperationCanceledException)
        {
            See($"{who} cancelled");
        }
    }
}
