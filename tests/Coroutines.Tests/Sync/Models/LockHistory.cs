namespace Coroutines.Tests.Sync.Models;

/// <summary>A lock is a number, of who holds it, and a list of those who wait.</summary>
internal sealed partial class LockHistory : History
{
    private readonly LoopLock _mutex;
    private readonly Dictionary<int, LoopLock.Holder> _holders = [];
    private readonly List<int> _waiting = [];
    private int? _holder;

    public LockHistory() => _mutex = new LoopLock(Loop);

    protected override void Do(int operation, int choice)
    {
        if (operation < 6)
            Start(who => Acquire(who), Arrive);
        else if (operation < 9)
            Cancel(choice);
        else if (operation < 12)
            LetGo();
        else
            Turn();
        Assert.Equal(_holder is not null, _mutex.IsHeld);
    }

    protected override void LetGo()
    {
        // Who was handed it holds it only from its next step on.
        if (_holder is not { } who || !_holders.Remove(who, out var holder))
            return;
        holder.Dispose();
        _holder = null;
        if (_waiting.Count == 0)
            return;
        int next = _waiting[0];
        _waiting.RemoveAt(0);
        _holder = next;
        InNextTurn(() => Expect($"{next} has it"));
    }

    protected override void AssertNothingIsLeft()
    {
        LetGo();
        Assert.False(_mutex.IsHeld);
        Assert.Empty(_waiting);
        Assert.Empty(_holders);
    }

    protected override bool TryAbandon(int who) => _waiting.Remove(who);

    private void Arrive(int who)
    {
        if (_holder is null)
        {
            _holder = who;
            Expect($"{who} has it");
        }
        else if (IsCancelled(who))
        {
            Expect($"{who} cancelled");
        }
        else
        {
            _waiting.Add(who);
        }
    }

    [Coroutine]
    private async Coroutine Acquire(int who)
    {
        try
        {
            _holders[who] = await _mutex.Acquire();
            See($"{who} has it");
        }
        catch (OperationCanceledException)
        {
            See($"{who} cancelled");
        }
    }
}
