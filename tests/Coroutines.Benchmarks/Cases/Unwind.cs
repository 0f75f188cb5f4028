using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: sixteen nested calls, each with a <c>finally</c> that counts, whose leaf suspends; then the leaf is resumed (<c>return-16</c>), fails (<c>throw-16</c>), or is
/// cancelled (<c>cancel-16</c>). The count is checked, so every <c>finally</c> ran once. A coroutine is cancelled by a time-out of zero, which starts a scope and a timer too;
/// a <c>return</c> pays for the same call with a time-out that does not pass. A task is cancelled through its completion source.
/// </summary>
internal static partial class Unwind
{
    internal enum Leaf
    {
        Returns,
        Throws,
        Sleeps,
    }

    private const int Depth = 16;

    private static readonly TimeSpan s_never = TimeSpan.FromDays(1);
    private static long s_left;

    public static void Return(int operations) => Run(operations, GeneratedReturn(operations));

    public static void Throw(int operations) => Run(operations, GeneratedThrow(operations));

    public static void Cancel(int operations) => Run(operations, GeneratedCancel(operations));

    public static void TaskReturn(int operations) => RunTask(operations, TaskReturns(operations));

    public static void TaskThrow(int operations) => RunTask(operations, TaskThrows(operations));

    public static void TaskCancel(int operations) => RunTask(operations, TaskCancels(operations));

    private static void Run(int operations, Coroutine rounds)
    {
        s_left = 0;
        Loops.Shared.RunUntilComplete(rounds);
        Expect.Equal((long)operations * Depth, s_left);
    }

    private static void RunTask(int operations, Task rounds)
    {
        TurnQueue.Run();
        rounds.GetAwaiter().GetResult();
        Expect.Equal((long)operations * Depth, s_left);
    }

    [Coroutine]
    internal static async Coroutine GeneratedReturn(int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (await Coroutine.MoveOnAfter(Level16(Leaf.Returns), s_never) is false)
                throw new InvalidOperationException("The chain was cancelled.");
        }
    }

    [Coroutine]
    internal static async Coroutine GeneratedCancel(int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (await Coroutine.MoveOnAfter(Level16(Leaf.Sleeps), TimeSpan.Zero))
                throw new InvalidOperationException("The chain was not cancelled.");
        }
    }

    [Coroutine]
    internal static async Coroutine GeneratedThrow(int times)
    {
        for (int i = 0; i < times; i++)
        {
            try
            {
                await Level16(Leaf.Throws);
            }
            catch (InvalidOperationException)
            {
                continue;
            }

            throw new InvalidOperationException("The chain did not fail.");
        }
    }

    // One line a level: what a call does is the same on each.
    [Coroutine]
    internal static async Coroutine Level16(Leaf leaf) { try { await Level15(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level15(Leaf leaf) { try { await Level14(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level14(Leaf leaf) { try { await Level13(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level13(Leaf leaf) { try { await Level12(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level12(Leaf leaf) { try { await Level11(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level11(Leaf leaf) { try { await Level10(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level10(Leaf leaf) { try { await Level9(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level9(Leaf leaf) { try { await Level8(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level8(Leaf leaf) { try { await Level7(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level7(Leaf leaf) { try { await Level6(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level6(Leaf leaf) { try { await Level5(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level5(Leaf leaf) { try { await Level4(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level4(Leaf leaf) { try { await Level3(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level3(Leaf leaf) { try { await Level2(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level2(Leaf leaf) { try { await Level1(leaf); } finally { s_left++; } }

    [Coroutine]
    internal static async Coroutine Level1(Leaf leaf)
    {
        try
        {
            if (leaf == Leaf.Sleeps)
                await Coroutine.Delay(s_never);
            else
                await Coroutine.Yield();
            if (leaf == Leaf.Throws)
                throw new InvalidOperationException("leaf");
        }
        finally
        {
            s_left++;
        }
    }

    private static async Task TaskReturns(int times)
    {
        s_left = 0;
        for (int i = 0; i < times; i++)
            await TaskLevel(Depth, fail: false);
    }

    private static async Task TaskThrows(int times)
    {
        s_left = 0;
        for (int i = 0; i < times; i++)
        {
            try
            {
                await TaskLevel(Depth, fail: true);
            }
            catch (InvalidOperationException)
            {
            }
        }
    }

    private static async Task TaskCancels(int times)
    {
        s_left = 0;
        for (int i = 0; i < times; i++)
        {
            var never = new TaskCompletionSource();
            Task chain = TaskWait(Depth, never.Task);
            await TurnQueue.Yield();
            never.SetCanceled();
            try
            {
                await chain;
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private static async Task TaskLevel(int depth, bool fail)
    {
        try
        {
            if (depth > 1)
            {
                await TaskLevel(depth - 1, fail);
                return;
            }

            await TurnQueue.Yield();
            if (fail)
                throw new InvalidOperationException("leaf");
        }
        finally
        {
            s_left++;
        }
    }

    private static async Task TaskWait(int depth, Task never)
    {
        try
        {
            await (depth > 1 ? TaskWait(depth - 1, never) : never);
        }
        finally
        {
            s_left++;
        }
    }
}
