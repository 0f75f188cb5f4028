using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Acceptance;

/// <summary>How large the frame of one coroutine is, for whoever has not looked at all of them. The answer is the generator's: it depends on the coroutines that this one calls, and on no others.</summary>
public static class FrameEstimate
{
    /// <summary>Whether the frame is larger than that. Nearly none is, and that is told by adding up, without deciding which frames are inside which.</summary>
    public static bool Exceeds(int bytes, KnownVerdict verdict, Compilation compilation, CancellationToken cancellation, out int actual)
    {
        actual = MayExceed(bytes, verdict.Frames, KnownVerdicts.Of(compilation), cancellation) ? BytesOf(verdict, compilation, cancellation) : 0;
        return actual > bytes;
    }

    /// <summary>With all callees inside, the recursive ones again and again.</summary>
    private static bool MayExceed(int bytes, EquatableArray<CallNode> frames, KnownVerdicts verdicts, CancellationToken cancellation)
    {
        int sum = 0;
        var open = new Stack<CallNode>(frames);
        while (open.Count > 0)
        {
            CallNode node = open.Pop();
            sum += Aligned(node.Bytes) + (TypeSize.Reference * node.Objects.Count);
            foreach (CallEdge call in node.Calls)
            {
                sum += TypeSize.Reference * call.Copies;
                if (!call.IsAwaited) continue;
                if (call.IsExternal) sum += Aligned(call.Bytes) * call.Copies;
                else if (verdicts.About(call.Callee, cancellation) is { } callee)
                    for (int copy = 0; copy < call.Copies; copy++)
                        foreach (CallNode frame in callee.Frames) open.Push(frame);
            }
            if (sum > bytes) return true;
        }
        return false;
    }

    private static int Aligned(int bytes) => (bytes + TypeSize.Reference - 1) / TypeSize.Reference * TypeSize.Reference;

    /// <param name="verdict">Of an accepted method.</param>
    /// <returns>Bytes on 64-bit systems.</returns>
    private static int BytesOf(KnownVerdict verdict, Compilation compilation, CancellationToken cancellation)
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
