namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: enter the loop, run an empty coroutine, leave. There is no <c>task</c> here: an empty async method completes
/// without any queue, so nothing would be entered or left.
/// </summary>
internal static partial class RunUntilComplete
{
    public static void Generated(int operations)
    {
        for (int i = 0; i < operations; i++)
            Loops.Shared.RunUntilComplete(GeneratedEmpty(false));
    }

    public static void Reference(int operations)
    {
        for (int i = 0; i < operations; i++)
            Loops.Shared.RunUntilComplete(ReferenceEmpty(false));
    }

    [Coroutine]
    internal static async Coroutine GeneratedEmpty(bool suspend)
    {
        if (suspend)
            await Coroutine.Yield();
    }

    private static async Coroutine ReferenceEmpty(bool suspend)
    {
        if (suspend)
            await Coroutine.Yield();
    }
}
