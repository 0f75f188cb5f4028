using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>What a suspended frame says of itself: the method, the file, and the line of the await; then its callee's frame does.</summary>
internal static class ChainWriter
{
    public static void Write(SourceWriter writer, PlannedCoroutine coroutine, FrameSlots slots)
    {
        Signature s = coroutine.Model.Signature;
        writer.Open($"public static void Describe(ref {s.FrameType} frame, {Names.Services}CallChain chain)");
        var streams = new StreamSlots(coroutine);
        writer.Open("switch (frame.__state)");
        foreach (AwaitPoint point in CallNode.AwaitPoints(coroutine.Model.Body.Statements).Where(p => p.State > 0))
        {
            string callee = point.Await.Stream == Await.NoStream ? Callee(point.Await, coroutine.Plan, slots) : Stream(coroutine.Model.Body.Variables[point.Await.Stream], streams);
            writer.Line($"case {point.State}: {Add(s, point.Await.Span)}{callee} break;");
        }
        writer.Close();
        writer.Close();
    }

    private static string Add(Signature s, SourceSpan? span)
    {
        string method = $"{s.Owner.Replace("global::", "")}.{s.Name}";
        return $"chain.Add(\"{method}\", @\"{span?.File.Replace("\"", "\"\"")}\", {span?.StartLine ?? 0});";
    }

    private static string Stream(Variable variable, StreamSlots streams) => streams.FrameOf(variable.Id) is { } frame
        ? $" {frame}.Describe(ref frame.{variable.Name}, chain);"
        : $" chain.Add(frame.{variable.Name});";

    private static string Callee(Await await, CoroutinePlan plan, FrameSlots slots)
    {
        if (await.Kind != AwaitKind.Coroutine) return "";
        string slot = $"frame.{slots.Of(await, plan)}";
        return FrameSlots.IsInline(await, plan) ? $" {await.Call!.FrameType}.Describe(ref {slot}, chain);" : $" chain.Add({slot});";
    }
}
