using System.Diagnostics;

namespace Coroutines;

/// <summary>Named tasks as activities, for whoever listens to the source "Coroutines". Tasks without a name cost nothing, others a look.</summary>
internal static class TaskActivity
{
    private static readonly ActivitySource s_source = new("Coroutines");

    /// <summary>Starts an activity and leaves it in the execution context, for the task that is being spawned to keep. Null if nobody listens.</summary>
    public static Activity? Start(string name) => s_source.HasListeners() ? s_source.StartActivity(name) : null;

    /// <summary>Ends it with the task.</summary>
    public static void Stop(Activity activity, TaskBits outcome, FaultRecord? fault)
    {
        if (fault is not null)
            activity.SetStatus(ActivityStatusCode.Error, fault.Exception.Message);
        else if ((outcome & TaskBits.Cancelled) != 0)
            activity.SetTag("cancelled", true);
        activity.Dispose();
    }
}
