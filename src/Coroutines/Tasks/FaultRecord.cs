using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Coroutines;

/// <summary>
/// The exception a task ended with. It is reported once if nobody looks at it: when the loop ends, or when the record becomes garbage,
/// whichever is first.
/// </summary>
/// <remarks>Its finalizer runs on another thread; <see cref="_observed"/> decides who reports, by an exchange.</remarks>
internal sealed class FaultRecord
{
    private readonly ExceptionDispatchInfo _fault;
    private readonly EventLoop _loop;
    private int _observed;

    public FaultRecord(Exception exception, EventLoop loop)
    {
        _fault = ExceptionDispatchInfo.Capture(exception);
        _loop = loop;
        loop.UnobservedFaults.Add(this);
    }

    ~FaultRecord()
    {
        if (TryObserve())
            _loop.PostUnhandled(_fault.SourceException);
    }

    public Exception Exception => _fault.SourceException;

    /// <summary>True for the first one who takes responsibility for the exception.</summary>
    public bool TryObserve() => Interlocked.Exchange(ref _observed, 1) == 0;

    /// <summary>Takes responsibility for the exception.</summary>
    public void Observe()
    {
        if (TryObserve())
            GC.SuppressFinalize(this);
    }

    [StackTraceHidden]
    public void Throw()
    {
        Observe();
        _fault.Throw();
    }
}
