namespace Coroutines.Tests.Sync.Models;

/// <summary>A barrier is a list of those who wait and a flag.</summary>
internal sealed partial class BarrierHistory : History
{
    private const int Participants = 3;

    private readonly LoopBarrier _barrier;
    private readonly List<int> _waiting = [];
    private bool _isBroken;
    private long _phases;

    public BarrierHistory() => _barrier = new LoopBarrier(Loop, Participants);

    protected override void Do(int operation, int choice)
    {
        if (operation < 7)
            Start(who => SignalAndWait(who), Arrive);
        else if (operation < 10)
            Cancel(choice);
        else if (operation == 10 && choice < 4)
            Break();
        else if (operation == 11)
            Reset();
        else
            Turn();
        Assert.Equal((_waiting.Count, _isBroken, _phases), (_barrier.WaitingCount, _barrier.IsBroken, _barrier.CurrentPhaseNumber));
    }

    protected override void LetGo()
    {
    }

    protected override void AssertNothingIsLeft() => Assert.Equal(0, _barrier.WaitingCount);

    protected override bool TryAbandon(int who) => _waiting.Remove(who);

    private void Break()
    {
        _barrier.Break();
        _isBroken = true;
        SendAway();
    }

    private void Reset()
    {
        _barrier.Reset();
        _isBroken = false;
        SendAway();
    }

    private void SendAway()
    {
        foreach (int who in _waiting)
            InNextTurn(() => Expect($"{who} broken"));
        _waiting.Clear();
    }

    private void Arrive(int who)
    {
        if (_isBroken)
        {
            Expect($"{who} broken");
        }
        else if (_waiting.Count == Participants - 1)
        {
            Expect($"{who} passes as {_waiting.Count}");
            foreach (var (place, other) in _waiting.Index())
                InNextTurn(() => Expect($"{other} passes as {place}"));
            _waiting.Clear();
            _phases++;
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
    private async Coroutine SignalAndWait(int who)
    {
        try
        {
            See($"{who} passes as {await _barrier.SignalAndWait()}");
        }
        catch (BrokenBarrierException)
        {
            See($"{who} broken");
        }
        catch (OperationCanceledException)
        {
            See($"{who} cancelled");
        }
    }
}
