using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>
/// Places in the frame for what is awaited. Only one await is under way at a time and nothing in a slot outlives its await,
/// so awaits of one type share one slot.
/// </summary>
internal sealed class FrameSlots
{
    private readonly Dictionary<string, string> _byType = [];

    public FrameSlots(PlannedCoroutine coroutine)
    {
        foreach (Await await in CallNode.Awaits(coroutine.Model.Body.Statements))
        {
            if (TypeOf(await, coroutine.Plan) is not { } type || _byType.ContainsKey(type)) continue;
            string prefix = await.Kind != AwaitKind.Coroutine ? "__awaiter" : IsInline(await, coroutine.Plan) ? "__await" : "__child";
            _byType.Add(type, prefix + (_byType.Count + 1));
        }
    }

    public IEnumerable<KeyValuePair<string, string>> All => _byType;

    public string? Of(Await await, CoroutinePlan plan) => TypeOf(await, plan) is { } type ? _byType[type] : null;

    public static bool IsInline(Await await, CoroutinePlan plan) => await.Call is { } call && plan.Inline[call.Callee];

    private static string? TypeOf(Await await, CoroutinePlan plan) => await.Kind switch
    {
        AwaitKind.Coroutine when IsInline(await, plan) => await.Call!.FrameType,
        AwaitKind.Coroutine => $"{Names.Task}<{await.Result?.Text ?? Names.Services + "Unit"}>",
        AwaitKind.Signal or AwaitKind.Yield or AwaitKind.StreamStart or AwaitKind.StreamNext or AwaitKind.StreamLeave => null,
        _ => await.Awaiter!.Text,
    };
}
