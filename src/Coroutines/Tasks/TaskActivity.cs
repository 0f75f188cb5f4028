using System.Diagnostics;

namespace Coroutines;

/// <summary>Named tasks as activities, for whoever listens to the source "Coroutines". Tasks without a name cost nothing, others a look.</summary>
internal static class TaskActivity
{
    private static readonly ActivitySource s_source = new("Coroutines");

    /// <summary>Starts an activity and leaves it in the execution context, for the task that is being spawned to keep. Null if nobody listens.</summary>
    public static Activity? Start(string name, EventLoop loop)
    {
        if (!s_source.HasListeners())
            return null;
        var outer = Activity.Current;
        try
        {
            return s_source.StartActivity(name);
        }
        catch (Exception inListener)
        {
            // It may have become the current one before.
            Activity.Current = outer;
            loop.ReportUnhandled(inListener);
            return null;
        }
    }

    /// <summary>Ends it with the task.</summary>
    public static void Stop(Activity activity, TaskBits outcome, FaultRecord? fault, EventLoop loop)
    {
        if (fault is not null)
            activity.SetStatus(ActivityStatusCode.Error, fault.Exception.Message);
        else if ((outcome & TaskBits.Cancelled) != 0)
            activity.SetTag("cancelled", true);
        try
        {
            activity.Dispose();
        }
        catch (Exception inListener)
        {
            // Those who wait for the task must hear of its end all the same.
            loop.ReportUnhandled(inListener);
        }
    }
}
