using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;

namespace Coroutines.Generator.Emission;

/// <summary>The frame: what a coroutine keeps while it is suspended.</summary>
internal static class FrameWriter
{
    public static void Write(SourceWriter writer, PlannedCoroutine coroutine, FrameSlots slots)
    {
        Signature s = coroutine.Model.Signature;
        var streams = new StreamSlots(coroutine);
        string access = coroutine.Plan.FrameVisibility switch { Visibility.Public => "public", Visibility.Internal => "internal", _ => "private" };
        writer.Comment($"The frame of {s.Name}.");
        if (access != "private") writer.Line(Names.Hidden);
        writer.Open($"{access} struct {s.FrameType} : {Names.Services}{Interface(s)}{s.Constraints}");
        writer.Comment($"0: to be started; k: suspended at await k{(s.IsStream ? " or standing at yield k; -1: running or ended" : "")}.");
        writer.Line("public int __state;");
        if (s.Receiver != ReceiverKind.None) writer.Line($"public {s.Owner} __this;");
        foreach (Variable variable in coroutine.Model.Body.Variables)
            if (variable.IsHoisted) writer.Line($"public {streams.TypeOf(variable)} {variable.Name};");
        if (s.Result is not null) writer.Line($"public {s.Result.Text} __result;");
        if (s.IsStream) writer.Line("public bool __leaving;");
        foreach (var slot in slots.All) writer.Line($"public {slot.Key} {slot.Value};");
        writer.Line();
        string receiver = s.Receiver == ReceiverKind.None ? "" : "frame.__this.";
        writer.Line($"public static {Names.Step} MoveNext(ref {s.FrameType} frame, {Names.Task} task) => {receiver}{s.MoveNextName}{s.TypeParameterList}(ref frame, task);");
        TakeResult(writer, s);
        if (s.IsStream) StreamMembers(writer, s);
        if (s.IsIterator) Iterate(writer, s);
        writer.Line();
        ChainWriter.Write(writer, coroutine, slots);
        writer.Close();
    }

    private static string Interface(Signature s) =>
        s.IsIterator ? $"IIteratorFrame<{s.FrameType}>" : $"{(s.IsStream ? "IStreamFrame" : "ICoroutineFrame")}<{s.FrameType}, {s.ResultTypeArgument}>";

    /// <summary>The original method, called with the arguments in the frame.</summary>
    private static void Iterate(SourceWriter writer, Signature s)
    {
        string receiver = s.Receiver == ReceiverKind.None ? s.Owner : "frame.__this", arguments = string.Join(", ", s.Parameters.Select(p => $"frame.{p.Field}"));
        writer.Line().Line($"public static global::System.Collections.Generic.IEnumerator<global::Coroutines.ILoopAwaitable?> Iterate(ref {s.FrameType} frame) =>");
        writer.Line($"    {receiver}.{SignatureParser.Escape(s.Name)}{s.TypeParameterList}({arguments}){(s.IsIterable ? ".GetEnumerator()" : "")};");
    }

    private static void StreamMembers(SourceWriter writer, Signature s)
    {
        writer.Line().Open($"public static bool BeginDispose(ref {s.FrameType} frame)");
        writer.Open("if (frame.__state <= 0)").Line("frame.__state = -1;").Line("return false;").Close();
        writer.Line("frame.__leaving = true;").Line("return true;").Close();
        if (s.TokenField.Length > 0)
            writer.Line().Line($"public static ref global::System.Threading.CancellationToken TokenOf(ref {s.FrameType} frame) => ref frame.{s.TokenField};");
    }

    /// <summary>Small enough for the JIT to inline without being asked, as <c>MoveNext</c> above is, unless a reference is to be cleared. Without a result the interface has it.</summary>
    private static void TakeResult(SourceWriter writer, Signature s)
    {
        if (s.Result is null) return;
        string header = $"public static {s.ResultTypeArgument} TakeResult(ref {s.FrameType} frame)";
        writer.Line();
        if (!s.Result.HoldsReferences) writer.Line(header + " => frame.__result;");
        else writer.Line(Names.Inlined).Open(header).Line("var result = frame.__result;").Line("frame.__result = default!;").Line("return result;").Close();
    }
}
