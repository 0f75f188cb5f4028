using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>The execution context that is current on a thread, read at the price of a field.</summary>
/// <remarks>
/// Fact: <see cref="ExecutionContext.Capture"/> looks the thread up first, which costs as much as the rest of a switch between tasks, and every step must end with a look.
/// Decision: read the thread's field where the runtime has it, and capture where it has not; which one is found out once.
/// </remarks>
internal static class ThreadContext
{
    private static readonly bool s_isReadable = FindOut();

    /// <summary>Something that is the same object as long as <paramref name="thread"/>'s context is. Only on that thread.</summary>
    public static object? Identity(Thread thread) => s_isReadable ? Field(thread) : ExecutionContext.Capture();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_executionContext")]
    private static extern ref ExecutionContext? Field(Thread thread);

    private static bool FindOut()
    {
        try
        {
            _ = Field(Thread.CurrentThread);
            return true;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }
}
