using static Coroutines.Differential.Waits;

namespace Coroutines.Differential;

/// <summary>Coroutines that behaviours of every theme call.</summary>
public static partial class Children
{
    /// <summary>Returns <paramref name="value"/> without suspending.</summary>
    [Coroutine]
    public static async Coroutine<T> Now<T>(Trace trace, T value)
    {
        trace.Add($"{value}");
        return value;
    }

    /// <summary>Returns <paramref name="value"/> one turn later.</summary>
    [Coroutine]
    public static async Coroutine<T> Later<T>(Trace trace, T value)
    {
        trace.Add($"{value}?");
        await Coroutine.Yield();
        trace.Add($"{value}!");
        return value;
    }

    /// <summary>Waits for 10 ms and says how that ended.</summary>
    [Coroutine]
    public static async Coroutine Sleep(Trace trace, string name)
    {
        trace.Add($"{name} sleeps");
        try
        {
            await Milliseconds(10);
            trace.Add($"{name} wakes");
        }
        finally
        {
            trace.Add($"{name} leaves");
        }
    }

    /// <summary>Throws at once, or one turn later.</summary>
    [Coroutine]
    public static async Coroutine<int> Fail(Trace trace, string message, bool later)
    {
        trace.Add($"{message}?");
        if (later)
            await Coroutine.Yield();
        throw new InvalidOperationException(message);
    }

    /// <summary>Waits for a task's end, however it ends.</summary>
    [Coroutine]
    public static async Coroutine Ended(CoroutineTask task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // How it ended is read from its status.
        }
    }

    /// <summary>The failures of a group, in the order in which they came.</summary>
    public static string Failures(AggregateException exception) =>
        string.Join(", ", exception.InnerExceptions.Select(Trace.Describe));
}
