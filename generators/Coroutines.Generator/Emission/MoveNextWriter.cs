using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>
/// The body: locals, dispatch on the state, the user's statements with labels and jumps between them, and the end, which lets go
/// of references so that a pooled task keeps nothing alive.
/// </summary>
internal sealed class MoveNextWriter
{
    private readonly SourceWriter _writer;
    private readonly CoroutineModel _model;
    private readonly CodeText _text;
    private readonly LocalNames _names;
    private readonly AwaitWriter _awaits;
    private readonly bool _usesAt;
    private int _handlers;

    public MoveNextWriter(SourceWriter writer, PlannedCoroutine coroutine, FrameSlots slots)
    {
        _writer = writer;
        _model = coroutine.Model;
        _text = new(coroutine);
        _names = _text.Names;
        _awaits = new(writer, coroutine, slots, _text);
        _usesAt = _model.Signature.IsStream || Tries(_model.Body.Statements).Any();
    }

    public void Write()
    {
        Signature s = _model.Signature;
        string modifier = s.Receiver == ReceiverKind.None ? "static " : "";
        // What the JIT inlines has no frame in stack traces.
        _writer.Directive("#if COROUTINES_KEEP_FRAMES").Line(Names.NotInlined).Directive("#endif");
        _writer.Hide();
        _writer.Open($"{modifier}{Names.Step} {s.MoveNextName}{s.TypeParameterList}(ref {s.FrameType} {_names.Frame}, {Names.Task} {_names.RunningTask}){s.Constraints}");
        Locals();
        Dispatch(_model.Body.Statements, isOuter: true);
        Statements(_model.Body.Statements, default);
        _writer.Label(_text.Label(0));
        LetGo();
        _writer.Line($"return {Names.Step}.Completed;");
        _writer.Close();
        _writer.EndMapping();
    }

    private void Locals()
    {
        foreach (Variable variable in _model.Body.Variables)
        {
            if (variable.IsHoisted || variable.IsCaptured) continue;
            // A scoped variable may be given whatever the original was.
            bool isScoped = variable.Type.IsRefLike || variable.Ref.Length > 0;
            string initial = variable.Ref.Length > 0 ? $"ref global::System.Runtime.CompilerServices.Unsafe.NullRef<{variable.Type.Text}>()" : "default!";
            _writer.Line($"{(isScoped ? "scoped " : "")}{variable.Ref}{_text.TypeOf(variable)} {variable.Name} = {initial};");
        }
        if (_awaits.UsesStep) _writer.Line($"{Names.Step} {_names.Step};");
        if (_usesAt) _writer.Line($"int {_names.At} = {_names.State};");
        // Whatever ends the stream leaves this behind; a suspension overwrites it.
        if (_model.Signature.IsStream) _writer.Line($"{_names.State} = -1;");
        if (Tries(_model.Body.Statements).Any(t => t.Finally is not null)) _writer.Line($"bool {_names.Suspended} = false;");
        foreach (string function in _text.Restorers) _writer.Line(function);
        foreach (Code code in _model.Body.Preamble) _writer.Mapped(code.Span, _text.Of(code));
    }

    /// <summary>Jumps to where the coroutine was suspended: to the await itself, or before the try around it.</summary>
    private void Dispatch(EquatableArray<Statement> body, bool isOuter)
    {
        var targets = body.SelectMany(statement => statement switch
        {
            AwaitPoint { State: > 0 } s => [(s.State, Label: _names.ResumeLabel(s.State))],
            Try s => s.States.Select(state => (State: state, Label: _text.Label(s.Entry))),
            _ => Enumerable.Empty<(int State, string Label)>(),
        }).ToList();
        if (targets.Count == 0) return;
        string state = _usesAt ? _names.At : _names.State;
        if (isOuter && targets.Select(t => t.Label).Distinct().Count() == 1)
        {
            _writer.Line($"if ({state} != 0) goto {targets[0].Label};");
            return;
        }
        _writer.Open($"switch ({state})");
        foreach (var group in targets.GroupBy(t => t.Label))
            _writer.Line(string.Concat(group.Select(t => $"case {t.State}: ")) + $"goto {group.Key};");
        _writer.Close();
    }

    private void Statements(EquatableArray<Statement> body, TryScope scope)
    {
        foreach (Statement statement in body)
        {
            switch (statement)
            {
                case Leaf s: Mapped(s.Code, ""); break;
                case Declare: break;
                case Label s: _writer.Label(_text.Label(s.Id)); break;
                case Goto s: _writer.Line($"goto {_text.Label(s.Target)};"); break;
                case Branch { Condition: Verbatim condition } s: Branch(condition.Code, s); break;
                case AwaitPoint s: _awaits.Write(s, scope); break;
                case Cancel: _writer.Line(AwaitWriter.Cancelled(scope)); break;
                case Try s: Try(s, scope); break;
                default: throw LoweringContext.Unreachable(statement, "the passes leave no such statement");
            }
        }
    }

    private void Mapped(Code code, string prefix)
    {
        _writer.Mapped(code.Span, _text.Statement(code, prefix + _text.Of(code)));
    }

    private void Branch(Code condition, Branch s)
    {
        string text = _text.Of(condition);
        string test = $"if ({(s.JumpIf ? text : $"!({text})")}) goto {_text.Label(s.Target)};";
        _writer.Mapped(condition.Span, _text.Statement(condition, test));
    }

    private void Try(Try s, TryScope outer)
    {
        bool suspends = !s.States.IsEmpty;
        if (suspends) _writer.Label(_text.Label(s.Entry));
        // No copy can be made between a try and its handlers.
        string suffix = $"_{_handlers++}", copies = _text.Copies(s.Catches, suffix);
        if (copies.Length > 0) _writer.Open().Line(copies.TrimEnd());
        _writer.Open("try");
        if (suspends) Dispatch(s.Body, isOuter: false);
        string? cancelled = s.CatchesCancellation ? _awaits.ThrowCancellation : s.OnCancelled is { } instead ? _text.Of(instead) : outer.Cancelled;
        Statements(s.Body, new(true, outer.HasFinally || s.Finally is not null, cancelled, outer.HasFilter || s.HasFilter));
        _writer.Close();
        foreach (Code code in s.Catches) _writer.Mapped(code.Span, _text.Of(code, suffix));
        if (s.Finally is { } handler)
        {
            _writer.Open("finally");
            if (suspends) _writer.Line($"if (!{_names.Suspended})");
            _writer.Mapped(handler.Span, _text.Statement(handler, _text.Of(handler)));
            _writer.Close();
        }
        if (copies.Length > 0) _writer.Close();
    }

    private void LetGo()
    {
        if (_model.Signature.Receiver == ReceiverKind.Class) _writer.Line($"{_names.Frame}.__this = null!;");
        if (_model.Signature.Receiver == ReceiverKind.Struct) _writer.Line($"{_names.Frame}.__this = default;");
        foreach (Variable variable in _model.Body.Variables)
            if (variable is { IsHoisted: true, Type.HoldsReferences: true }) _writer.Line($"{_names.Frame}.{variable.Name} = default!;");
    }

    private static IEnumerable<Try> Tries(IEnumerable<Statement> body) =>
        body.OfType<Try>().Where(t => !t.States.IsEmpty).SelectMany(t => Tries(t.Body).Prepend(t));
}

/// <summary>What surrounds a statement: how it may be left while suspended, and how cancellation leaves it.</summary>
/// <param name="Cancelled">The statement by which a cancelled suspension leaves; null for a plain return.</param>
internal readonly record struct TryScope(bool IsInside, bool HasFinally, string? Cancelled, bool HasFilter);
