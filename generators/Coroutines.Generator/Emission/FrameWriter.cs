using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>The frame: what a coroutine keeps while it is suspended.</summary>
internal static class FrameWriter
{
    public static void Write(SourceWriter writer, PlannedCoroutine coroutine, FrameSlots slots)
    {
        Signature s = coroutine.Model.Signature;
        writer.Line($"/// <summary>The frame of {s.Name}.</summary>");
        writer.Line(Names.Hidden).Line(Names.Generated);
        string access = coroutine.Plan.FrameVisibility switch { Visibility.Public => "public", Visibility.Internal => "internal", _ => "private" };
        writer.Open($"{access} struct {s.FrameType} : {Names.Services}ICoroutineFrame<{s.FrameType}, {s.ResultTypeArgument}>{s.Constraints}");
        writer.Line("/// <summary>0: to be started; k: suspended at await k.</summary>");
        writer.Line("public int __state;");
        if (s.Receiver != ReceiverKind.None) writer.Line($"public {s.Owner} __this;");
        foreach (Variable variable in coroutine.Model.Body.Variables)
            if (variable.IsHoisted) writer.Line($"public {variable.Type.Text} {variable.Name};");
        if (s.Result is not null) writer.Line($"public {s.Result.Text} __result;");
        foreach (var slot in slots.All) writer.Line($"public {slot.Key} {slot.Value};");
        writer.Line();
        writer.Line(Names.Inlined);
        string receiver = s.Receiver == ReceiverKind.None ? "" : "frame.__this.";
        writer.Line($"public static {Names.Step} MoveNext(ref {s.FrameType} frame, {Names.Task} task) => {receiver}{s.MoveNextName}{s.TypeParameterList}(ref frame, task);");
        writer.Line();
        writer.Line(Names.Inlined);
        TakeResult(writer, s);
        writer.Line();
        ChainWriter.Write(writer, coroutine, slots);
        writer.Close();
    }

    private static void TakeResult(SourceWriter writer, Signature s)
    {
        string header = $"public static {s.ResultTypeArgument} TakeResult(ref {s.FrameType} frame)";
        if (s.Result is null) writer.Line(header + " => default;");
        else if (!s.Result.HoldsReferences) writer.Line(header + " => frame.__result;");
        else writer.Open(header).Line("var result = frame.__result;").Line("frame.__result = default!;").Line("return result;").Close();
    }
}
