using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>One suspension: start, wait, resume, take the value. One method for each kind of await.</summary>
internal sealed partial class AwaitWriter(SourceWriter writer, PlannedCoroutine coroutine, FrameSlots slots, CodeText text)
{
    private readonly LocalNames _names = text.Names;

    public bool UsesStep { get; } = CallNode.Awaits(coroutine.Model.Body.Statements).Any(a => a.Kind is AwaitKind.Coroutine or AwaitKind.StreamNext or AwaitKind.StreamLeave);

    private readonly StreamSlots _streams = new(coroutine);

    private readonly bool _isStream = coroutine.Model.Signature.IsStream;

    /// <summary>For a place where a catch could see the cancellation.</summary>
    public string ThrowCancellation => $"throw {_names.RunningTask}.CreateCancellation();";

    public void Write(AwaitPoint point, TryScope scope)
    {
        if (point.State > 0) writer.Comment($"{(point.Await.Kind == AwaitKind.Yield ? "yield" : "await")} {point.State}: {Comment(point.Await.Text)}");
        string? field = slots.Of(point.Await, coroutine.Plan);
        string slot = $"{_names.Frame}.{field}";
        switch (point.Await.Kind)
        {
            case AwaitKind.Coroutine when FrameSlots.IsInline(point.Await, coroutine.Plan): Inline(point, scope, slot); break;
            case AwaitKind.Coroutine: Boxed(point, scope, slot); break;
            case AwaitKind.Signal: Signal(point, scope); break;
            case AwaitKind.Dynamic: Dynamic(point, scope, slot); break;
            case AwaitKind.Yield: Yield(point, scope); break;
            case AwaitKind.StreamStart: Start(point.Await); break;
            case AwaitKind.StreamNext: Next(point, scope); break;
            case AwaitKind.StreamLeave: Leave(point, scope); break;
            default: Awaiter(point, scope, slot); break;
        }
    }

    private void Inline(AwaitPoint point, TryScope scope, string slot)
    {
        Await await = point.Await;
        CoroutineCall call = await.Call!;
        Begin(await, call, slot);
        Resume(point, scope);
        Run(point, scope, $"{call.FrameType}.MoveNext(ref {slot}, {_names.RunningTask})");
        LeaveUnlessCompleted(point, scope);
        if (await.Result is not null) writer.Line($"{text.Target(point.Target)}{call.FrameType}.TakeResult(ref {slot});");
    }

    private void Begin(Await await, CoroutineCall call, string slot)
    {
        writer.Line($"{slot}.__state = 0;");
        if (call.Receiver.Length > 0) writer.Line($"{slot}.__this = {call.Receiver};");
        for (int i = 0; i < call.Fields.Count; i++)
        {
            Code argument = ((Verbatim)await.Operand.Operands[i].Value).Code;
            Mapped(argument, $"{slot}.{call.Fields[i]} = {text.Of(argument)};");
        }
    }

    private void Boxed(AwaitPoint point, TryScope scope, string slot)
    {
        Code operand = Operand(point.Await);
        Mapped(operand with { Span = point.Await.Span }, $"{slot} = ({text.Of(operand)}).Consume();");
        Resume(point, scope);
        Run(point, scope, $"{slot}.MoveNext({_names.RunningTask})");
        LeaveUnlessCompleted(point, scope);
        string target = point.Await.Result is null ? "" : text.Target(point.Target);
        writer.Line($"{target}{slot}.TakeResult({_names.RunningTask});");
        writer.Line($"{slot} = null!;");
    }

    /// <summary>
    /// Runs the callee. The runtime asks the filters of all callers before it runs a finally block, but a callee has failed, its finally blocks included, before
    /// its caller learns of the exception: where this method has a filter, the exception stops here and starts anew.
    /// </summary>
    private void Run(AwaitPoint point, TryScope scope, string call)
    {
        writer.Mapped(point.Await.Span, scope.HasFilter ? $"try {{ {_names.Step} = {call}; }} catch {{ throw; }}" : $"{_names.Step} = {call};");
    }

    private void Signal(AwaitPoint point, TryScope scope)
    {
        Code operand = Operand(point.Await);
        writer.Open();
        writer.Mapped(point.Await.Span, $"{text.Copies([operand])}var {_names.Awaiter} = ({text.Of(operand)}).GetAwaiter();");
        writer.Line($"if ({_names.Awaiter}.IsCompleted) goto {_names.CompletedLabel(point.State)};");
        // The state first: nothing of the frame is then needed after the call.
        writer.Line($"{_names.State} = {point.State};");
        writer.Line($"if ({_names.Awaiter}.Suspend({_names.RunningTask})) {Pending(scope)}");
        writer.Close();
        Resume(point, scope);
        writer.Line($"if ({_names.RunningTask}.TakeCancellation()) {Cancelled(scope)}");
        writer.Label(_names.CompletedLabel(point.State));
    }

    /// <summary>Awaiters that carry a value are kept in the frame while suspended. Foreign ones always suspend and know no cancellation.</summary>
    private void Awaiter(AwaitPoint point, TryScope scope, string slot)
    {
        Await await = point.Await;
        bool isForeign = await.Kind == AwaitKind.Foreign;
        Code operand = Operand(await);
        string reading = await.TakesStreams ? "using (global::Coroutines.CompilerServices.StreamReading.Begin()) " : "";
        Mapped(operand with { Span = await.Span }, $"{reading}{slot} = ({text.Of(operand)}).GetAwaiter();");
        writer.Mapped(await.Span, $"if ({slot}.IsCompleted) goto {_names.CompletedLabel(point.State)};");
        if (isForeign)
        {
            writer.Line($"{_names.State} = {point.State};");
            writer.Line($"{_names.RunningTask}.{(await.IsCritical ? "SuspendForeignUnsafe" : "SuspendForeign")}(ref {slot});");
            writer.Line(Pending(scope));
            Resume(point, scope);
        }
        else
        {
            writer.Line($"{_names.State} = {point.State};");
            writer.Line($"if ({slot}.Suspend({_names.RunningTask})) {Pending(scope)}");
            Resume(point, scope);
            writer.Line($"if ({_names.RunningTask}.TakeCancellation()) {Cancelled(scope)}");
        }
        writer.Label(_names.CompletedLabel(point.State));
        string target = await.Result is null ? "" : text.Target(point.Target);
        writer.Mapped(await.Span, $"{target}{slot}.{(isForeign ? "GetResult" : "TakeResult")}();");
        if (await.Awaiter!.HoldsReferences) writer.Line($"{slot} = default!;");
    }

    /// <summary>As the compiler does it: the members are bound at run time, and the runtime asks the awaiter which way of waiting it knows.</summary>
    private void Dynamic(AwaitPoint point, TryScope scope, string slot)
    {
        Code operand = Operand(point.Await);
        Mapped(operand with { Span = point.Await.Span }, $"{slot} = ((dynamic)({text.Of(operand)})).GetAwaiter();");
        writer.Mapped(point.Await.Span, $"if ((bool)((dynamic){slot}).IsCompleted) goto {_names.CompletedLabel(point.State)};");
        writer.Line($"{_names.State} = {point.State};");
        writer.Line($"{_names.RunningTask}.SuspendForeign({slot});");
        writer.Line(Pending(scope));
        Resume(point, scope);
        writer.Label(_names.CompletedLabel(point.State));
        writer.Mapped(point.Await.Span, $"{text.Target(point.Target)}((dynamic){slot}).GetResult();");
        writer.Line($"{slot} = default!;");
    }

    private void Resume(AwaitPoint point, TryScope scope)
    {
        writer.Label(_names.ResumeLabel(point.State));
        // The state has done its work: a loop may enter the try again from above.
        if (scope.IsInside) writer.Line($"{_names.At} = 0;");
        // A suspension that was refused comes here without leaving.
        if (_isStream && point.Await.Kind is AwaitKind.Signal or AwaitKind.Loop) writer.Line($"{_names.State} = -1;");
    }

    private void LeaveUnlessCompleted(AwaitPoint point, TryScope scope)
    {
        if (!scope.HasFinally && scope.Cancelled is null && !_isStream)
        {
            writer.Open($"if ({_names.Step} != {Names.Step}.Completed)");
            writer.Line($"{_names.State} = {point.State};").Line($"return {_names.Step};");
        }
        else
        {
            writer.Open($"if ({_names.Step} != {Names.Step}.Completed)");
            writer.Line($"if ({_names.Step} == {Names.Step}.Pending) {{ {_names.State} = {point.State}; {Pending(scope)} }}").Line(Cancelled(scope));
        }
        writer.Close();
    }

    private string Pending(TryScope scope) => Leaving(scope, "Pending");

    private string Leaving(TryScope scope, string step) =>
        scope.HasFinally ? $"{{ {_names.Suspended} = true; return {Names.Step}.{step}; }}" : $"return {Names.Step}.{step};";

    public static string Cancelled(TryScope scope) => scope.Cancelled ?? $"return {Names.Step}.Cancelled;";

    private static Code Operand(Await await) =>
        Lowering.AwaitSpilling.Substitute(await.Operand.Template, await.Operand.Operands.Select(o => ((Verbatim)o.Value).Code).ToEquatableArray());

    private void Mapped(Code code, string statement) => writer.Mapped(code.Span, text.Statement(code, statement));

    private static string Comment(string source) => source.Length > 100 ? source.Substring(0, 100) + "…" : source;
}
