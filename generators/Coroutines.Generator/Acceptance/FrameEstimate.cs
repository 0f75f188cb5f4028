using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Lowering.Analysis;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Acceptance;

/// <summary>How large the frame of one coroutine is, for whoever has not looked at all of them. The answer is the generator's: it depends on the coroutines that this one calls, and on no others.</summary>
public static class FrameEstimate
{
    /// <param name="verdict">Of an accepted method.</param>
    /// <returns>Bytes on 64-bit systems.</returns>
    public static int BytesOf(KnownVerdict verdict, Compilation compilation, CancellationToken cancellation)
    {
        KnownVerdicts verdicts = KnownVerdicts.Of(compilation);
        var nodes = new Dictionary<string, CallNode>();
        var open = new Stack<CallNode>(verdict.Frames);
        while (open.Count > 0)
        {
            CallNode node = open.Pop();
            if (nodes.ContainsKey(node.Id)) continue;
            nodes.Add(node.Id, node);
            foreach (CallEdge call in node.Calls)
            {
                if (!call.IsAwaited || call.IsExternal || nodes.ContainsKey(call.Callee)) continue;
                foreach (CallNode frame in verdicts.About(call.Callee, cancellation)?.Frames ?? []) open.Push(frame);
            }
        }
        return CallGraphAnalysis.Run(nodes.Values.ToEquatableArray()).BytesOf(verdict.Frames[0].Id);
    }
}
