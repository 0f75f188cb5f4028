namespace Coroutines;

/// <summary>
/// How much of a turn one step may take for operations that need not wait: a peer that always has data would otherwise hold the turn for ever. Loop thread only.
/// </summary>
internal struct StepShare
{
    // A turn costs a few operations' time, so that many operations a turn lose little; and that many take well under a millisecond, which is what others wait for at most.
    public const int Operations = 64;

    private long _step;
    private int _taken;

    /// <summary>Takes one operation's part of the share of <paramref name="step"/>. False if the share is used up: then the step must end first.</summary>
    /// <param name="step">The number of the step: no two have the same, so nothing need be reset.</param>
    public bool TryTake(long step)
    {
        if (_step != step)
        {
            _step = step;
            _taken = 0;
        }

        return ++_taken <= Operations;
    }
}
