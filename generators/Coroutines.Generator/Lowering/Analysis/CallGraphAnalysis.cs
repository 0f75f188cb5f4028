using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;

namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>
/// Decides which calls run in place. A frame is a field of its caller's frame unless the call is recursive, the frame cannot be
/// named there, the caller would grow over a limit, or the callee's author asks for an object. A frame is as visible as the least visible frame inside it.
/// The answer does not depend on the order of the coroutines.
/// </summary>
internal static class CallGraphAnalysis
{
    private const int MaximumDepth = 24;
    private const int MaximumBytes = 8 * 1024;

    public static CoroutinePlans Run(EquatableArray<CallNode> nodes)
    {
        var byId = new Dictionary<string, CallNode>();
        foreach (CallNode node in nodes) byId[node.Id] = node;
        var shapes = new Dictionary<string, Shape>();
        var plans = new List<CoroutinePlan>();
        foreach (List<CallNode> component in StrongComponents.CalleesFirst(byId))
            foreach (CallNode node in component.OrderBy(n => n.Id, StringComparer.Ordinal))
                plans.Add(Plan(node, component, byId, shapes));
        plans.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return new(plans.ToEquatableArray(), plans.Select(p => shapes[p.Id].Bytes).ToEquatableArray());
    }

    private static CoroutinePlan Plan(CallNode node, List<CallNode> component, Dictionary<string, CallNode> byId, Dictionary<string, Shape> shapes)
    {
        var objects = new HashSet<string>(node.Objects);
        var shape = With(new Shape(node.Own, node.Bytes, 0, node.Placement), objects.Count);
        var inline = new bool[node.Calls.Count];
        for (int i = 0; i < inline.Length; i++)
        {
            CallEdge call = node.Calls[i];
            if (!call.IsAwaited) continue;
            bool isRecursive = component.Any(n => n.Id == call.Callee);
            if (!isRecursive && Inline(call) is { } grown)
            {
                shape = grown;
                inline[i] = true;
            }
            else if (call.Result is null || objects.Add(call.Result))
            {
                shape = With(shape, call.Copies);
            }
        }
        shapes[node.Id] = shape;
        return new(node.Id, shape.Visibility, node.Calls.Select(c => c.IsExternal || byId.ContainsKey(c.Callee)).ToEquatableArray(), inline.ToEquatableArray());

        // The shape with the callee in it, if it may be.
        Shape? Inline(CallEdge call)
        {
            Shape callee;
            if (call.IsExternal) callee = new(call.Owner, call.Bytes, 1, call.Placement);
            else if (!shapes.TryGetValue(call.Callee, out callee)) return null;
            if (callee.Placement == Placement.Boxed) return null;
            if (callee.Visibility == Visibility.Private && !call.IsExternal && !call.IsOwnerInside) return null;
            var grown = new Shape(
                CallNode.Least(CallNode.Least(shape.Visibility, callee.Visibility), CallNode.Least(call.Owner, call.Arguments)),
                TypeSize.Packed([shape.Bytes, .. Enumerable.Repeat(callee.Bytes, call.Copies)]), Math.Max(shape.Depth, callee.Depth + 1), shape.Placement);
            return callee.Placement != Placement.Inline && (grown.Bytes > MaximumBytes || grown.Depth > MaximumDepth) ? null : grown;
        }
    }

    /// <summary>With references to callees that have objects of their own.</summary>
    private static Shape With(Shape shape, int objects) =>
        objects == 0 ? shape : shape with { Bytes = TypeSize.Packed([shape.Bytes, .. Enumerable.Repeat(TypeSize.Reference, objects)]) };

    private readonly record struct Shape(Visibility Visibility, int Bytes, int Depth, Placement Placement);
}
