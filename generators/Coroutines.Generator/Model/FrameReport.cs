using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Lowering.Analysis;

namespace Coroutines.Generator.Model;

/// <summary>One line of the report of frames.</summary>
/// <param name="Bytes">An estimate, for 64-bit systems.</param>
/// <param name="Fields">How many fields the frame has, frames of callees counted as one each.</param>
/// <param name="Inline">Callees whose frames lie in this one.</param>
/// <param name="Boxed">Callees that are awaited here and have an object of their own.</param>
public sealed record FrameReport(string Method, int Bytes, int Fields, EquatableArray<string> Inline, EquatableArray<string> Boxed, int States)
{
    /// <summary>The build property that asks for the report.</summary>
    public const string Property = "build_property.CoroutinesReport";

    /// <summary>The generated file with the report.</summary>
    public const string HintName = "Coroutines.Report.g.cs";

    /// <summary>From here on a frame is called large.</summary>
    public const int Large = 1024;

    internal static FrameReport Of(PlannedCoroutine coroutine, int bytes)
    {
        (CoroutineModel model, CoroutinePlan plan) = (coroutine.Model, coroutine.Plan);
        Signature s = model.Signature;
        var started = new HashSet<int>(CallNode.Awaits(model.Body.Statements).Where(a => a.Call is not null).Select(a => a.Call!.Callee));
        EquatableArray<string> Callees(bool inline) =>
            model.Callees.Where((_, i) => started.Contains(i) && plan.Inline[i] == inline).Select(c => c.Name).ToEquatableArray();
        int fields = 1 + (s.Receiver == ReceiverKind.None ? 0 : 1) + model.Body.Variables.Count(v => v.IsHoisted) + (s.Result is null ? 0 : 1) + (s.IsStream ? 1 : 0)
            + new Emission.FrameSlots(coroutine).All.Count();
        return new($"{s.Owner.Replace("global::", "")}.{s.Name}", bytes, fields, Callees(inline: true), Callees(inline: false), model.Body.States);
    }
}
