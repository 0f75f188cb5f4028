namespace Coroutines;

/// <summary>Weak references to the faults nobody has looked at yet, so that the loop can report them when it ends. Loop thread only.</summary>
internal sealed class UnobservedFaults
{
    private const int FirstPruning = 64;

    private readonly List<WeakReference<FaultRecord>> _records = [];
    private int _pruneAt = FirstPruning;

    public void Add(FaultRecord record)
    {
        if (_records.Count >= _pruneAt)
        {
            _records.RemoveAll(static weak => !weak.TryGetTarget(out _));
            _pruneAt = Math.Max(FirstPruning, _records.Count * 2);
        }

        _records.Add(new WeakReference<FaultRecord>(record));
    }

    /// <summary>Reports and forgets all of them.</summary>
    public void ReportTo(EventLoop loop)
    {
        foreach (var weak in _records)
        {
            if (weak.TryGetTarget(out var record) && record.TryObserve())
                loop.ReportUnhandled(record.Exception);
        }

        _records.Clear();
    }
}
