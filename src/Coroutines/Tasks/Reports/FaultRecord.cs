using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Coroutines;

/// <summary>The exception a task or a future ended with. It is reported unless somebody looks at it.</summary>
internal sealed class FaultRecord(Exception exception, EventLoop loop) : LateReport(loop)
{
    private readonly ExceptionDispatchInfo _fault = ExceptionDispatchInfo.Capture(exception);

    public Exception Exception => _fault.SourceException;

    public override void Tell(EventLoop loop) => loop.ReportUnhandled(Exception);

    [StackTraceHidden]
    public void Throw()
    {
        Settle();
        _fault.Throw();
    }
}
