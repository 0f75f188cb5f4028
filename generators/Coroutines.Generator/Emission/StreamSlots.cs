using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>
/// What the variables that hold streams are: the stream's frame where the plan lets it be inline, else a reference to its object. A stream keeps its variable from the first to the last
/// element, while its reader awaits other things, so unlike awaits no two of them share a place.
/// </summary>
internal sealed class StreamSlots
{
    private readonly Dictionary<int, Await> _starts;
    private readonly CoroutinePlan _plan;

    public StreamSlots(PlannedCoroutine coroutine)
    {
        _plan = coroutine.Plan;
        // A finally block may have been copied, and the start with it.
        _starts = CallNode.Awaits(coroutine.Model.Body.Statements).Where(a => a.Kind == AwaitKind.StreamStart).GroupBy(a => a.Stream).ToDictionary(g => g.Key, g => g.First());
    }

    /// <summary>The frame's type if the stream is inline, else null.</summary>
    public string? FrameOf(int variable) => FrameSlots.IsInline(_starts[variable], _plan) ? _starts[variable].Call!.FrameType : null;

    public string ObjectOf(int variable) => $"{Names.Services}LoopStream<{_starts[variable].Result!.Text}>";

    public string TypeOf(Variable variable) =>
        !_starts.ContainsKey(variable.Id) ? variable.Type.Text : FrameOf(variable.Id) ?? ObjectOf(variable.Id);

    public string Element(int variable, string slot) => FrameOf(variable) is { } frame ? $"{frame}.TakeResult(ref {slot})" : $"{slot}.TakeCurrent()";
}
