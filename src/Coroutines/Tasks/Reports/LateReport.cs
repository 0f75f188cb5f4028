namespace Coroutines;

/// <summary>
/// Something that is to be told once, unless somebody takes care of it before: when the loop ends, or when the record becomes garbage, whichever is first (<see cref="LateReports"/>).
/// </summary>
/// <remarks>Its finalizer runs on another thread; <see cref="_claimed"/> decides who reports, by an exchange.</remarks>
internal abstract class LateReport
{
    private readonly EventLoop _loop;
    private int _claimed;

    protected LateReport(EventLoop loop)
    {
        _loop = loop;
        loop.LateReports.Add(this);
    }

    ~LateReport()
    {
        if (TryClaim() && !_loop.TryPost(static report => report.Tell(report._loop), this))
            Tell(_loop);
    }

    /// <summary>Whether nothing will ever have to be told any more.</summary>
    public virtual bool IsSettled => _claimed != 0;

    /// <summary>True for the first one who takes responsibility.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;

    /// <summary>Takes responsibility: nothing is reported any more.</summary>
    public void Settle()
    {
        if (TryClaim())
            GC.SuppressFinalize(this);
    }

    /// <summary>Reports. Called once at most, on the loop's thread while there is one.</summary>
    public abstract void Tell(EventLoop loop);
}
