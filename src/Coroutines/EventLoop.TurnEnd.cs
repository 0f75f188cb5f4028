namespace Coroutines;

// What is done between running what was ready and polling again.
public sealed partial class EventLoop
{
    private readonly List<ITurnEnd> _turnEnds = [];

    /// <summary>Calls <paramref name="work"/> once when this turn ends.</summary>
    internal void AtTurnEnd(ITurnEnd work)
    {
        _turnEnds.Add(work);
        LeaveFor(Leave.TurnEnd);
    }

    private void EndTurn()
    {
        // One may ask for another, which comes in the same turn.
        for (int i = 0; i < _turnEnds.Count; i++)
            _turnEnds[i].EndTurn();
        _turnEnds.Clear();
        _leave &= ~Leave.TurnEnd;
    }
}
