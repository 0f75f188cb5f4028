namespace Coroutines;

// Debug mode: mistakes that cost too much to look for otherwise.
public sealed partial class EventLoop
{
    /// <summary>A step this long is reported in debug mode, unless <see cref="EventLoopOptions.SlowStepThreshold"/> says otherwise.</summary>
    private static readonly TimeSpan s_slowInDebugMode = TimeSpan.FromMilliseconds(100);

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

    /// <summary>Tells of a mistake.</summary>
    internal void Warn(LoopWarningKind kind, string message) => Tell(Warning, new LoopWarningEventArgs(kind, message));

    /// <summary>Tells people, on standard error where nobody listens. A handler that fails must not end the loop.</summary>
    private void Tell<TArguments>(EventHandler<TArguments>? handlers, TArguments arguments)
    {
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
    }
}
