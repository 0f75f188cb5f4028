namespace Coroutines;

/// <summary>Has something to do when the turn that runs has run what was ready, before the loop polls or blocks again: writes leave together then. Loop thread only.</summary>
internal interface ITurnEnd
{
    /// <summary>Called once for each time it was asked for. Must not throw.</summary>
    void EndTurn();
}
