using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Emission;

/// <summary>The two ends of streams.</summary>
internal sealed partial class AwaitWriter
{
    private void Yield(AwaitPoint point, TryScope scope)
    {
        writer.Line($"{_names.State} = {point.State};");
        writer.Line(Leaving(scope, "Yielded"));
        Resume(point, scope);
    }

    private void Start(Await await)
    {
        string slot = text.Variable(await.Stream);
        if (_streams.FrameOf(await.Stream) is not null)
        {
            // It may have been left in an earlier iteration.
            writer.Line($"{slot}.__leaving = false;");
            Begin(await, await.Call!, slot);
            return;
        }
        Code operand = Operand(await);
        Mapped(operand with { Span = await.Span }, $"{slot} = {_streams.ObjectOf(await.Stream)}.Open({text.Of(operand)});");
    }

    private void Next(AwaitPoint point, TryScope scope)
    {
        Resume(point, scope);
        Run(point, scope, MoveNext(point.Await));
        writer.Line($"if ({_names.Step} == {Names.Step}.Pending) {{ {_names.State} = {point.State}; {Pending(scope)} }}");
        writer.Line($"if ({_names.Step} == {Names.Step}.Cancelled) {Cancelled(scope)}");
        writer.Line($"{text.Target(point.Target)}{_names.Step} == {Names.Step}.Yielded;");
    }

    private void Leave(AwaitPoint point, TryScope scope)
    {
        string slot = text.Variable(point.Await.Stream);
        string? frame = _streams.FrameOf(point.Await.Stream);
        writer.Mapped(point.Await.Span, $"if (!{(frame is null ? $"{slot}.BeginDispose(" : $"{frame}.BeginDispose(ref {slot}")})) goto {_names.CompletedLabel(point.State)};");
        Resume(point, scope);
        Run(point, scope, MoveNext(point.Await));
        LeaveUnlessCompleted(point, scope);
        writer.Label(_names.CompletedLabel(point.State));
        if (frame is null) writer.Line($"{slot}.Release({_names.RunningTask});");
    }

    private string MoveNext(Await await)
    {
        string slot = text.Variable(await.Stream);
        return _streams.FrameOf(await.Stream) is { } frame ? $"{frame}.MoveNext(ref {slot}, {_names.RunningTask})" : $"{slot}.MoveNext({_names.RunningTask})";
    }
}
