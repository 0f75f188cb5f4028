using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>One coroutine in the call graph: the little of it that others depend on.</summary>
/// <param name="Own">The least visible type among its own fields.</param>
/// <param name="Words">A guess at the size of its own fields, in words.</param>
public sealed record CallNode(string Id, Visibility Owner, Visibility Own, int Words, EquatableArray<CallEdge> Calls)
{
    public static CallNode Of(CoroutineModel model)
    {
        var awaits = Awaits(model.Body.Statements).ToList();
        var fields = model.Signature.Parameters.Select(p => p.Type)
            .Concat(model.Body.Variables.Where(v => v.IsHoisted).Select(v => v.Type))
            .Concat(awaits.SelectMany(a => new[] { a.Kind == AwaitKind.Signal ? null : a.Awaiter, a.Kind is AwaitKind.Coroutine or AwaitKind.StreamStart ? a.Result : null }).OfType<VariableType>())
            .Concat(model.Signature.Result is { } result ? [result] : []).ToList();
        Visibility own = fields.Aggregate(Visibility.Public, (least, type) => Least(least, type.Visibility));
        var calls = model.Callees.Select((callee, index) =>
        {
            var started = awaits.Select(a => a.Call).Where(c => c?.Callee == index).ToList();
            Visibility arguments = started.Aggregate(Visibility.Public, (least, call) => Least(least, call!.Arguments));
            // Coroutines called one after the other share a slot; streams may be read side by side.
            int streams = awaits.Count(a => a.Kind == AwaitKind.StreamStart && a.Call?.Callee == index);
            return new CallEdge(callee.Id, callee.IsExternal, callee.OwnerVisibility, callee.IsOwnerInside, started.Count > 0, Math.Max(1, streams), arguments);
        });
        return new(model.Signature.Id, model.Signature.OwnerVisibility, own, fields.Count + 2, calls.ToEquatableArray());
    }

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
public sealed record CallEdge(string Callee, bool IsExternal, Visibility Owner, bool IsOwnerInside, bool IsAwaited, int Copies, Visibility Arguments);
