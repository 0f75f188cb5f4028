using System.Diagnostics;

namespace Coroutines;

/// <summary>Where something was made, in the user's code: asked in debug mode only, as it costs microseconds.</summary>
internal static class CreationSite
{
    /// <summary>The innermost frame of the stack that is neither ours nor generated, in words that continue "made at".</summary>
    /// <remarks>The coroutine's own method is on the stack in the compiler's lowering, but has no lines there: its body lies in the state machine.</remarks>
    public static string Here()
    {
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            if (StackPlace.AssemblyOf(DiagnosticMethodInfo.Create(frame)) != StackPlace.OurAssembly && StackPlace.Of(frame) is { } place && !frame.GetFileName()!.EndsWith(".g.cs", StringComparison.Ordinal))
                return place;
        }

        return "a place without line numbers";
    }
}
