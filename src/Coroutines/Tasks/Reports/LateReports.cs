namespace Coroutines;

/// <summary>Weak references to what nobody has taken care of yet, so that the loop can report it when it ends. Loop thread only.</summary>
internal sealed class LateReports
{
    private const int FirstPruning = 64;

    private readonly List<WeakReference<LateReport>> _reports = [];
    private int _pruneAt = FirstPruning;

    public void Add(LateReport report)
    {
        if (_reports.Count >= _pruneAt)
        {
            _reports.RemoveAll(static weak => !weak.TryGetTarget(out _));
            _pruneAt = Math.Max(FirstPruning, _reports.Count * 2);
        }

        _reports.Add(new WeakReference<LateReport>(report));
    }

    /// <summary>Tells and forgets all of them.</summary>
    public void TellAll(EventLoop loop)
    {
        foreach (var weak in _reports)
        {
            if (weak.TryGetTarget(out var report) && report.TryClaim())
                report.Tell(loop);
        }

        _reports.Clear();
    }
}
