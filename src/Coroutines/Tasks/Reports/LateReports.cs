namespace Coroutines;

/// <summary>What nobody has taken care of yet, so that the loop can report it when it ends. Loop thread only.</summary>
/// <remarks>
/// Fact: when the garbage collector finds a report depends on what the whole process does, and its post gives the loop a turn in which virtual time does not move.
/// Decision: on a virtual clock reports stay alive until the loop ends, so that each run is like the last; on others they go as soon as nobody else refers to them.
/// Cost: a simulation hears of lost exceptions at its end, and keeps so many.
/// </remarks>
internal sealed class LateReports(bool isDeterministic)
{
    private const int FirstPruning = 64;

    // A simulation that runs for days must not keep whatever goes wrong in it.
    private const int MostKept = 1024;

    // One who loses an exception whenever he is told of one would keep the loop from ending. What is left then is the garbage collector's.
    private const int MostRounds = 16;

    private readonly List<Entry> _reports = [];
    private int _pruneAt = FirstPruning;

    public void Add(LateReport report)
    {
        if (_reports.Count >= _pruneAt)
        {
            _reports.RemoveAll(static entry => entry.Report is not { IsSettled: false });
            int next = Math.Max(FirstPruning, _reports.Count * 2);
            // What is settled must not take the place of what is to be kept.
            _pruneAt = _reports.Count < MostKept ? Math.Min(next, MostKept) : next;
        }

        _reports.Add(new Entry(report, isKept: isDeterministic && _reports.Count < MostKept));
    }

    /// <summary>Tells and forgets all of them.</summary>
    public void TellAll(EventLoop loop)
    {
        // Those who are told may leave something to tell themselves.
        for (int round = 0; round < MostRounds && _reports.Count > 0; round++)
        {
            Entry[] reports = [.. _reports];
            _reports.Clear();
            foreach (var entry in reports)
            {
                if (entry.Report is { } report && report.TryClaim())
                    report.Tell(loop);
            }
        }
    }

    private readonly struct Entry(LateReport report, bool isKept)
    {
        private readonly LateReport? _kept = isKept ? report : null;
        private readonly WeakReference<LateReport>? _found = isKept ? null : new(report);

        /// <summary>Null if the garbage collector has found it.</summary>
        public LateReport? Report => _kept ?? (_found!.TryGetTarget(out var report) ? report : null);
    }
}
