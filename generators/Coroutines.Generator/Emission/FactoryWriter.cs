using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>The factory: the user's signature, returning a pooled task that holds the frame.</summary>
internal static class FactoryWriter
{
    public static void Write(SourceWriter writer, Signature s, LocalNames names)
    {
        string task = names.RunningTask;
        string parameters = string.Join(", ", s.Parameters.Select(p => $"{p.Modifiers}{p.Type.Text} {p.Name}{p.Default}"));
        string modifiers = s.Receiver == ReceiverKind.None ? s.Accessibility + " static" : s.Accessibility;
        writer.Line($"/// <summary>{s.Name} as {(s.IsStream ? "an object" : "a task")} of its own, for calls that are not awaited on the spot.</summary>");
        writer.Line(Names.Hidden).Line(Names.Generated);
        writer.Open($"{modifiers} {s.ReturnType} {s.FactoryName}{s.TypeParameterList}({parameters}){s.Constraints}");
        writer.Line($"var {task} = {Names.Services}{(s.IsStream ? "FrameStream" : "FrameTask")}<{s.FrameType}, {s.ResultTypeArgument}>.Rent();");
        if (s.Receiver != ReceiverKind.None) writer.Line($"{task}.Frame.__this = this;");
        foreach (Parameter parameter in s.Parameters) writer.Line($"{task}.Frame.{parameter.Field} = {parameter.Name};");
        if (s.IsStream) writer.Line($"return {task};");
        else writer.Line(s.Result is null ? $"return {Names.Services}FrameTaskExtensions.AsPlainCoroutine({task});" : $"return {task}.AsCoroutine();");
        writer.Close();
    }
}
