using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>A part of one thread's stack: tells at the price of a comparison whether code runs on that thread.</summary>
/// <remarks>
/// Fact: the runtime finds a thread-static field of a library by a call, which costs as much as a switch between tasks, and nearly every operation of a loop begins with the question on which thread it is.
/// Decision: look where the caller's own variables lie. The stack belongs to one thread, and the runtime tells whether at least <see cref="Size"/> of it are left.
/// Cost: code that lies deeper, or above, gets "no" and must ask the field.
/// </remarks>
internal readonly struct StackPart
{
    // Half of what TryEnsureSufficientExecutionStack promises.
    private const int Size = 64 * 1024;

    private readonly nuint _top;

    private StackPart(nuint top) => _top = top;

    /// <summary>The part below the caller, whom it must not outlive; an empty one if the stack nears its end.</summary>
    /// <param name="earlier">A part of the same stack that has been in use, or none: if the caller lies no deeper, the runtime need not be asked again.</param>
    public static unsafe StackPart BelowCaller(StackPart earlier)
    {
        byte local;
        nuint top = (nuint)(&local);
        bool isLongEnough = (earlier._top != 0 && top >= earlier._top) || RuntimeHelpers.TryEnsureSufficientExecutionStack();
        return isLongEnough ? new StackPart(top) : default;
    }

    /// <summary>Whether the caller runs in it. False says nothing.</summary>
    public unsafe bool HoldsCaller
    {
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            byte local;
            return _top - (nuint)(&local) < Size;
        }
    }
}
