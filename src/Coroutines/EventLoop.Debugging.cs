namespace Coroutines;

// Debug mode: mistakes that cost too much to look for otherwise.
public sealed partial class EventLoop
{
    /// <summary>A step this long is reported in debug mode, unless <see cref="EventLoopOptions.SlowStepThreshold"/> says otherwise.</summary>
    private static readonly TimeSpan s_slowInDebugMode = TimeSpan.FromMilliseconds(100);

    private const int MostLeft = 1_000;

    /// <summary>The methods that were told to have left the loop. Any thread, under its own lock.</summary>
    private readonly HashSet<string> _left = [];

    /// <summary>Raised on the loop's thread for each mistake that debug mode finds. Without a handler it is written to standard error.</summary>
    public event EventHandler<LoopWarningEventArgs>? Warning;

    internal bool IsDebug { get; }

    /// <summary>How many milliseconds a wait may keep the thread untold: as long as a step may.</summary>
    internal int WaitPatience => (int)Math.Clamp(_slowStep / TimeSpan.TicksPerMillisecond, 1, int.MaxValue);

    /// <summary>Tells of a wait that the thread is in.</summary>
    internal void WarnOfWait()
    {
        string who = CurrentTask is not { } task ? "a callback" : task.Details?.Name is { } name ? $"task \"{name}\"" : "a task";
        Warn(LoopWarningKind.BlockingWait, $"{BlockingWait.Path()} keeps the thread in {who}, for {WaitPatience} ms so far. Nothing else runs on the loop meanwhile.");
    }

    /// <summary>Tells of code that has left the loop, if the caller is such. Any thread.</summary>
    internal void WarnOfLeaving()
    {
        if (LoopLeaving.Find() is { } method && IsFirstTime(method))
        {
            TryPost(
                static left => left.Loop.Warn(
                    LoopWarningKind.LeftLoop,
                    $"{left.Method} ended on another thread than that of the loop that awaits it. Remove ConfigureAwait(false), or the Task.Run around it: RunInExecutor takes work off the loop and comes back."),
                (Loop: this, Method: method));
        }
    }

    // Requests come by the thousand. The set is bounded, for names of generic types are not.
    private bool IsFirstTime(string method)
    {
        lock (_left)
            return _left.Count < MostLeft && _left.Add(method);
    }

    /// <summary>Tells of a mistake.</summary>
    internal void Warn(LoopWarningKind kind, string message) => Tell(Warning, new LoopWarningEventArgs(kind, message));

    /// <summary>Tells people, on standard error where nobody listens. A handler that fails must not end the loop.</summary>
    private void Tell<TArguments>(EventHandler<TArguments>? handlers, TArguments arguments)
    {
        var context = ExecutionContext.Capture();
        try
        {
            if (handlers is null)
                Console.Error.WriteLine(arguments);
            else
                handlers(this, arguments);
        }
        catch (Exception inHandler)
        {
            ReportUnhandled(inHandler);
        }
        finally
        {
            LeaveHandler(context);
        }
    }
}
