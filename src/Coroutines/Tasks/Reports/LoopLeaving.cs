using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Coroutines;

/// <summary>How code that has left the loop is told: when what awaits it comes back, in debug mode only, as it costs microseconds.</summary>
/// <remarks>
/// Fact: after <c>ConfigureAwait(false)</c>, and in what <c>Task.Run</c> was given, an async method has no context to come back to. Its caller has one, and is posted to it by the builder of the method that
/// ended: so the method's state machine is on the stack of the post, at its end. A timer or a transfer that ends what the loop awaits has no such frame, and code that sets the result of something else is not
/// at its end.
/// </remarks>
internal static class LoopLeaving
{
    /// <summary>What a state machine does last, setting its state and calling its builder, is shorter; the handler before that, which sets the exception, is not reached from there.</summary>
    private const int LongestEnd = 30;

    /// <summary>The async method, with file and line where they are known, that ends on this thread so that the loop goes on; null if there is none.</summary>
    public static string? Find()
    {
        DiagnosticMethodInfo? inner = null;
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method)
                continue;
            string assembly = StackPlace.AssemblyOf(method);
            // Libraries of the framework may leave: they come back.
            if (assembly != StackPlace.OurAssembly && !StackPlace.IsFramework(assembly))
                return EndsItsTask(frame, inner) && StackPlace.MethodOfStateMachine(method) is { } name ? StackPlace.WithPlace(name, frame) : null;
            inner = method;
        }

        return null;
    }

    /// <summary>Whether a state machine calls its builder; which may have been inlined into it.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where the method is not known, nothing is told.")]
    private static bool EndsItsTask(StackFrame frame, DiagnosticMethodInfo? callee) =>
        callee?.DeclaringTypeName is { } type && type.Contains("MethodBuilder", StringComparison.Ordinal)
        || (frame.GetILOffset() is var at and not StackFrame.OFFSET_UNKNOWN && frame.GetMethod()?.GetMethodBody()?.GetILAsByteArray() is { } code && at >= code.Length - LongestEnd);
}
