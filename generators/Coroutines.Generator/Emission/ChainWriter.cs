using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>What a suspended frame says of itself: the method, the file, and the line of the await, from a table by state; then its callee's frame does.</summary>
internal static class ChainWriter
{
    public static void Write(SourceWriter writer, PlannedCoroutine coroutine, FrameSlots slots)
    {
        Signature s = coroutine.Model.Signature;
        var streams = new StreamSlots(coroutine);
        // In the order of their states, of which none is left out (see StateNumbering): so the place in the table is the state.
        var points = CallNode.AwaitPoints(coroutine.Model.Body.Statements).Where(p => p.State > 0).ToList();
        writer.Open($"public static void Describe(ref {s.FrameType} frame, {Names.Services}CallChain chain)");
        if (points.Count > 0) Itself(writer, s, points);
        var callees = points
            .Select(p => (p.State, Text: p.Await.Stream == Await.NoStream ? Callee(p.Await, coroutine.Plan, slots) : Stream(coroutine.Model.Body.Variables[p.Await.Stream], streams)))
            .Where(p => p.Text.Length > 0).GroupBy(p => p.Text, p => $"case {p.State}: ").ToList();
        if (callees.Count > 0)
        {
            writer.Open("switch (frame.__state)");
            foreach (var callee in callees) writer.Line($"{string.Concat(callee)}{callee.Key} break;");
            writer.Close();
        }
        writer.Close();
    }

    private static void Itself(SourceWriter writer, Signature s, List<AwaitPoint> points)
    {
        string method = $"{s.Owner.Replace("global::", "")}.{s.Name}", file = points.Select(p => p.Await.Span?.File).FirstOrDefault(f => f is not null) ?? "";
        var lines = points.Select(p => p.Await.Span?.StartLine ?? 0);
        writer.Line($"chain.Add(\"{method}\", @\"{file.Replace("\"", "\"\"")}\", frame.__state, [{string.Join(", ", lines)}]);");
    }

    private static string Stream(Variable variable, StreamSlots streams) => streams.FrameOf(variable.Id) is { } frame
        ? $"{frame}.Describe(ref frame.{variable.Name}, chain);"
        : $"chain.Add(frame.{variable.Name});";

    private static string Callee(Await await, CoroutinePlan plan, FrameSlots slots)
    {
        if (await.Kind != AwaitKind.Coroutine) return "";
        string slot = $"frame.{slots.Of(await, plan)}";
        return FrameSlots.IsInline(await, plan) ? $"{await.Call!.FrameType}.Describe(ref {slot}, chain);" : $"chain.Add({slot});";
    }
}
