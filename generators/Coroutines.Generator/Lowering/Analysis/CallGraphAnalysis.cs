using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>
/// Decides which calls run in place. A frame is a field of its caller's frame unless the call is recursive, the frame cannot be
/// named there, or the caller would grow over a limit. A frame is as visible as the least visible frame inside it.
/// The answer does not depend on the order of the coroutines.
/// </summary>
internal static class CallGraphAnalysis
{
    private const int MaximumDepth = 24;
    private const int MaximumWords = 1024;

    public static CoroutinePlans Run(EquatableArray<CallNode> nodes)
    {
        var byId = new Dictionary<string, CallNode>();
        foreach (CallNode node in nodes) byId[node.Id] = node;
        var shapes = new Dictionary<string, Shape>();
        var plans = new List<CoroutinePlan>();
        foreach (List<CallNode> component in StrongComponents.CalleesFirst(byId))
            foreach (CallNode node in component.OrderBy(n => n.Id, StringComparer.Ordinal))
                plans.Add(Plan(node, component, byId, shapes));
        return new(plans.OrderBy(p => p.Id, StringComparer.Ordinal).ToEquatableArray());
    }

    private static CoroutinePlan Plan(CallNode node, List<CallNode> component, Dictionary<string, CallNode> byId, Dictionary<string, Shape> shapes)
    {
        var shape = new Shape(node.Own, node.Words, 0);
        var inline = new bool[node.Calls.Count];
        for (int i = 0; i < inline.Length; i++)
        {
            CallEdge call = node.Calls[i];
            bool isRecursive = component.Any(n => n.Id == call.Callee);
            if (!call.IsAwaited || isRecursive) continue;
            Shape callee;
            if (call.IsExternal) callee = new(call.Owner, 16, 1);
            else if (!shapes.TryGetValue(call.Callee, out callee)) continue;
            if (callee.Visibility == Visibility.Private && !call.IsExternal && !call.IsOwnerInside) continue;
            var grown = new Shape(
                CallNode.Least(CallNode.Least(shape.Visibility, callee.Visibility), CallNode.Least(call.Owner, call.Arguments)),
                shape.Words + (callee.Words * call.Copies), Math.Max(shape.Depth, callee.Depth + 1));
            if (grown.Words > MaximumWords || grown.Depth > MaximumDepth) continue;
            shape = grown;
            inline[i] = true;
        }
        shapes[node.Id] = shape;
        return new(node.Id, shape.Visibility, node.Calls.Select(c => c.IsExternal || byId.ContainsKey(c.Callee)).ToEquatableArray(), inline.ToEquatableArray());
    }

    private readonly record struct Shape(Visibility Visibility, int Words, int Depth);
}
