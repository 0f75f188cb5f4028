namespace Coroutines.Differential;

/// <summary>One run of a root coroutine on a loop of its own, in virtual time, turn by turn.</summary>
public static class Run
{
    /// <summary>A behaviour that has not ended by then never will.</summary>
    public const int MostTurns = 500;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    /// <summary>Runs to the end, then disposes the loop, which cancels what is left.</summary>
    /// <returns>The whole trace.</returns>
    public static IReadOnlyList<string> ToEnd(Func<Trace, Coroutine> root, Cancellation cancellation = default, ReferenceWatch? watch = null, int mostTurns = MostTurns)
    {
        using var loop = new EventLoop(new EventLoopOptions { Clock = new VirtualClock() });
        var trace = new Trace(loop, watch);
        loop.UnhandledException += (_, failure) => trace.Add($"unhandled {Trace.Describe(failure.Exception)}");
        var task = loop.Spawn(root(trace));
        // Keeps a loop in which nothing moves any more from blocking: virtual time always has somewhere to go.
        var wall = loop.CallLater(s_longestWait, static () => { });
        while (!task.IsCompleted && wall.IsPending && trace.Turn < mostTurns)
        {
            trace.Turn++;
            if (cancellation.Turn == trace.Turn)
                Cancel(loop, task, cancellation, trace);
            loop.RunOnce(s_longestWait);
        }

        wall.Cancel();
        // The outcome is asked for on the loop, in the turn in which disposing would have cancelled what is left.
        var outcome = trace.Reserve();
        foreach (var left in loop.Tasks)
            left.Cancel();
        loop.CallSoon(() => outcome.Fill(Outcome(task)));
        trace.Turn++;
        loop.RunOnce();
        loop.Dispose();
        return trace.Lines;
    }

    private static void Cancel(EventLoop loop, CoroutineTask task, Cancellation cancellation, Trace trace)
    {
        if (cancellation.Inside)
            loop.CallSoon(() => CancelNow(task, trace));
        else
            CancelNow(task, trace);
    }

    private static void CancelNow(CoroutineTask task, Trace trace)
    {
        trace.Add("cancel");
        task.Cancel();
    }

    private static string Outcome(CoroutineTask task)
    {
        if (!task.IsCompleted)
            return "still running";
        try
        {
            task.GetAwaiter().GetResult();
            return "ended";
        }
        catch (OperationCanceledException)
        {
            return "ended cancelled";
        }
        catch (Exception exception)
        {
            return $"ended with {Trace.Describe(exception)}";
        }
    }
}
