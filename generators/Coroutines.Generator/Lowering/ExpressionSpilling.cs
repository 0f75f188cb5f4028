using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering;

/// <summary>Evaluates expressions into statements. What comes back from <see cref="Value"/> is text free of suspensions, to be used at once.</summary>
internal sealed class ExpressionSpilling
{
    private readonly LoweringContext _context;
    private readonly List<Statement> _output;
    private readonly ConditionalSpilling _conditionals;
    private readonly SelectionSpilling _selections;

    public ExpressionSpilling(LoweringContext context, List<Statement> output)
    {
        _context = context;
        _output = output;
        _conditionals = new(context, output, this);
        _selections = new(context, output, this);
    }

    public void Effect(Expression expression)
    {
        if (expression is Await await)
        {
            Suspend(await, AwaitPoint.Discard);
            return;
        }
        if (expression is ConditionalAccess access)
        {
            _conditionals.Access(access, null);
            return;
        }
        Code code = expression is CompoundAssignment compound ? Compound(compound, isUsed: false) : Value(expression);
        bool isDone = code.Parts is [{ Kind: PartKind.Variable }] or [];
        if (!isDone) _output.Add(new Leaf(code + ";"));
    }

    public void Into(int target, Expression value, SourceSpan? span)
    {
        if (value is Await await) Suspend(await, target);
        else if (value is Thrown thrown) _output.Add(new Leaf((Code.Of("throw ") + Value(thrown.Exception) + ";").At(span)));
        else if (value is Selection { IsConverted: false } selection) _selections.Choose(selection, target);
        else if (value is Conditional { Kind: ConditionalKind.Choice, IsConverted: false } choice) _conditionals.Choose(choice, target, span);
        else Store(target, Value(value), span);
    }

    public void Test(Expression condition, bool jumpIf, int target)
    {
        if (condition is Conditional conditional && _conditionals.TryTest(conditional, jumpIf, target)) return;
        _output.Add(new Branch(new Verbatim(Value(condition)), jumpIf, target));
    }

    public Code Value(Expression expression)
    {
        switch (expression)
        {
            case Verbatim e: return e.Code;
            case Operation e: return AwaitSpilling.Substitute(e.Template, Operands(e.Operands, spillAll: false));
            case CompoundAssignment e: return Compound(e, isUsed: true);
            case Conditional e: return _conditionals.Value(e);
            case ConditionalAccess e: return _conditionals.Value(e);
            case Selection e: return _selections.Value(e);
            case Initialization e: return Initialize(e);
            case Await e:
                int result = _context.Temporary(e.Result ?? throw LoweringContext.Unreachable(e, "an await without a value is a statement"));
                Suspend(e, result);
                return Code.Variable(result);
            default: throw LoweringContext.Unreachable(expression, "not an expression");
        }
    }

    /// <summary>Keeps a value in a temporary of its own.</summary>
    public Code Keep(Code code, VariableType? type)
    {
        if (type is null || type.IsRefLike) throw new RefusedException(Refusals.EvaluationOrder, string.Concat(code.Parts.Select(p => p.Text)), null);
        int temporary = _context.Temporary(type);
        Store(temporary, code, code.Span);
        return Code.Variable(temporary);
    }

    public void Store(int target, Code code, SourceSpan? span)
    {
        Part place = target == AwaitPoint.Result ? new(PartKind.Result, "") : Part.Definition(target);
        _output.Add(new Leaf((new Code([place, Part.Of(" = ")]) + code + ";").At(span)));
    }

    private void Suspend(Await await, int target)
    {
        EquatableArray<Code> codes = Operands(await.Operand.Operands, spillAll: false);
        var operands = await.Operand.Operands.Zip(codes, (operand, code) => operand with { Value = new Verbatim(code) }).ToEquatableArray();
        _output.Add(new AwaitPoint(await with { Operand = await.Operand with { Operands = operands } }, target));
    }

    /// <summary>Operands before a suspension go to temporaries, unless nothing can change them.</summary>
    private EquatableArray<Code> Operands(EquatableArray<Operand> operands, bool spillAll)
    {
        int last = spillAll ? operands.Count : -1;
        for (int i = 0; i < operands.Count && !spillAll; i++)
            if (operands[i].Value.Suspends) last = i;
        var codes = new Code[operands.Count];
        for (int i = 0; i < operands.Count; i++)
        {
            Operand operand = operands[i];
            codes[i] = Value(operand.Value);
            bool isKept = operand.IsStable || operand.Value is Await or Conditional or ConditionalAccess or Selection or Initialization;
            if (i < last && !isKept) codes[i] = Keep(codes[i], operand.Type);
        }
        return codes.ToEquatableArray();
    }

    /// <summary><c>place op= value</c>: locate, read, evaluate, write.</summary>
    private Code Compound(CompoundAssignment e, bool isUsed)
    {
        Code place = AwaitSpilling.Substitute(e.Place.Template, Operands(e.Place.Operands, spillAll: true));
        Code old = Keep(place, e.PlaceType);
        if (e.Operator == "??") return CoalesceInto(e, place, old, isUsed ? e.Unwrap : "");
        Code value = Value(e.Value);
        Code changed = Code.Of(e.ValueCast) + "(" + old + " " + e.Operator + " (" + value + "))";
        Code assignment = place + " = " + (e.Overflow.Length > 0 ? Code.Of(e.Overflow + "(") + changed + ")" : changed);
        return isUsed ? Keep(assignment, e.PlaceType) : assignment;
    }

    private Code CoalesceInto(CompoundAssignment e, Code place, Code old, string unwrap)
    {
        int end = _context.NewLabel("coalesced");
        int result = old.Parts[0].Id;
        _output.Add(new Branch(new Verbatim(old + " is null"), false, end));
        Into(result, e.Value, null);
        _output.Add(new Leaf(place + " = " + old + ";"));
        _output.Add(new Label(end, ""));
        return unwrap.Length > 0 ? old + unwrap : old;
    }

    private Code Initialize(Initialization e)
    {
        Into(e.Variable, e.Creation, null);
        int end = e.GoesOn == Initialization.Always ? 0 : _context.NewLabel("initialized");
        foreach (Operation step in e.Steps)
        {
            if (e.GoesOn != Initialization.Always) _output.Add(new Branch(new Verbatim(Code.Variable(e.GoesOn)), false, end));
            if (e.StepsDecide) Store(e.GoesOn, Value(step), null);
            else Effect(step);
        }
        if (e.GoesOn != Initialization.Always) _output.Add(new Label(end, ""));
        return Code.Variable(e.Variable);
    }
}
