using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;

namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>One coroutine in the call graph: the little of it that others depend on.</summary>
/// <param name="Own">The least visible type among its own fields and its constraints.</param>
/// <param name="Bytes">The estimated size of its own fields.</param>
/// <param name="Placement">What the user asks for.</param>
/// <param name="Objects">The results, each once, of coroutines that are awaited as values: those with one result share a place in the frame.</param>
public sealed record CallNode(string Id, Visibility Owner, Visibility Own, int Bytes, Placement Placement, EquatableArray<string> Objects, EquatableArray<CallEdge> Calls)
{
    public static CallNode Of(CoroutineModel model)
    {
        var awaits = Awaits(model.Body.Statements).ToList();
        var fields = model.Body.Variables.Where(v => v.IsHoisted).Select(v => v.Type)
            .Concat(awaits.SelectMany(a => new[] { a.Kind == AwaitKind.Signal ? null : a.Awaiter, a.Kind is AwaitKind.Coroutine or AwaitKind.StreamStart ? a.Result : null }).OfType<VariableType>());
        Visibility own = fields.Aggregate(model.Signature.SignatureVisibility, (least, type) => Least(least, type.Visibility));
        var calls = model.Callees.Select((callee, index) =>
        {
            var started = awaits.Select(a => a.Call).Where(c => c?.Callee == index).ToList();
            Visibility arguments = started.Aggregate(Visibility.Public, (least, call) => Least(least, call!.Arguments));
            // Coroutines called one after the other share a slot; streams may be read side by side.
            int streams = awaits.Count(a => a.Kind == AwaitKind.StreamStart && a.Call?.Callee == index);
            return new CallEdge(callee.Id, callee.IsExternal, callee.OwnerVisibility, callee.IsOwnerInside, started.Count > 0, Math.Max(1, streams), arguments, callee.Bytes, callee.Placement,
                awaits.FirstOrDefault(a => a.Kind == AwaitKind.Coroutine && a.Call?.Callee == index) is { } await ? ResultOf(await) : null);
        });
        return new(model.Signature.Id, model.Signature.OwnerVisibility, own, BytesOf(model, awaits), model.Signature.Placement, awaits.Where(a => a.Kind == AwaitKind.Coroutine && a.Call is null).Select(ResultOf).Distinct().ToEquatableArray(), calls.ToEquatableArray());
    }

    /// <summary>Variables that hold streams are the callees' affair.</summary>
    private static int BytesOf(CoroutineModel model, List<Await> awaits)
    {
        Signature s = model.Signature;
        var streams = new HashSet<int>(awaits.Select(a => a.Stream));
        var variables = model.Body.Variables.Where(v => v.IsHoisted && !streams.Contains(v.Id)).Select(v => v.Type.Size);
        var awaiters = awaits.Where(a => a.Kind is AwaitKind.Loop or AwaitKind.Foreign or AwaitKind.Dynamic).Select(a => a.Awaiter!).GroupBy(t => t.Text).Select(g => g.First().Size);
        return TypeSize.Packed([sizeof(int), s.ReceiverSize, s.Result?.Size ?? 0, s.IsStream ? 1 : 0, .. variables, .. awaiters]);
    }

    private static string ResultOf(Await await) => await.Result?.Text ?? "";

    public static IEnumerable<Await> Awaits(IEnumerable<Statement> body) => AwaitPoints(body).Select(point => point.Await);

    public static IEnumerable<AwaitPoint> AwaitPoints(IEnumerable<Statement> body) => body.SelectMany(statement => statement switch
    {
        AwaitPoint s => [s],
        Try s => AwaitPoints(s.Body),
        _ => Enumerable.Empty<AwaitPoint>(),
    });

    public static Visibility Least(Visibility left, Visibility right) => left < right ? left : right;
}

/// <param name="IsAwaited">Somewhere it is awaited on the spot in a form that can start the frame in place.</param>
/// <param name="Copies">How many of its frames the caller holds if they are inline.</param>
/// <param name="Arguments">The least visible type argument.</param>
/// <param name="Bytes">The estimated size of the callee's frame, if it comes from another assembly.</param>
/// <param name="Placement">What its author asks for, likewise.</param>
/// <param name="Result">Its result, empty for none; null for a stream.</param>
public sealed record CallEdge(string Callee, bool IsExternal, Visibility Owner, bool IsOwnerInside, bool IsAwaited, int Copies, Visibility Arguments, int Bytes, Placement Placement, string? Result);
