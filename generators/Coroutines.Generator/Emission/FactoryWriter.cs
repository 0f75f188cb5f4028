using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>
/// The factory: the user's signature, returning a pooled task that holds the frame. A generator-style coroutine has a second one, which returns an iterator.
/// </summary>
internal static class FactoryWriter
{
    public static void Write(SourceWriter writer, Signature s, LocalNames names)
    {
        Write(writer, s, names.RunningTask);
        if (!s.IsIterator) return;
        writer.Line();
        WriteIterator(writer, s, names.RunningTask);
    }

    private static void Write(SourceWriter writer, Signature s, string task)
    {
        writer.Comment($"{s.Name} as {(s.IsStream ? "an object" : "a task")} of its own, for calls that are not awaited on the spot.");
        Open(writer, s, $"{s.CoroutineType} {s.FactoryName}");
        writer.Line($"var {task} = {Names.Services}{(s.IsStream ? "FrameStream" : "FrameTask")}<{s.FrameType}, {s.ResultTypeArgument}>.Rent();");
        Fill(writer, s, task);
        if (s.IsStream) writer.Line($"return {task};");
        else writer.Line(s.Result is null ? $"return {Names.Services}FrameTaskExtensions.AsPlainCoroutine({task});" : $"return {task}.AsCoroutine();");
        writer.Close();
    }

    private static void WriteIterator(SourceWriter writer, Signature s, string iterator)
    {
        writer.Comment($"{s.Name} as an iterator, for calls that neither await nor spawn it.");
        Open(writer, s, $"{s.Iterator} {s.IteratorFactoryName}");
        writer.Line($"var {iterator} = new {Names.Services}{(s.IsIterable ? "FrameIterable" : "FrameIterator")}<{s.FrameType}>();");
        Fill(writer, s, iterator);
        writer.Line($"return {iterator};");
        writer.Close();
    }

    private static void Open(SourceWriter writer, Signature s, string what)
    {
        string parameters = string.Join(", ", s.Parameters.Select(p => $"{p.Modifiers}{p.Type.Text} {p.Name}{p.Default}"));
        string modifiers = s.Receiver == ReceiverKind.None ? s.Accessibility + " static" : s.Accessibility;
        if (s.Accessibility != "private") writer.Line(Names.Hidden);
        writer.Open($"{modifiers} {what}{s.TypeParameterList}({parameters}){s.Constraints}");
    }

    private static void Fill(SourceWriter writer, Signature s, string holder)
    {
        if (s.Receiver != ReceiverKind.None) writer.Line($"{holder}.Frame.__this = this;");
        foreach (Parameter parameter in s.Parameters) writer.Line($"{holder}.Frame.{parameter.Field} = {parameter.Name};");
    }
}
