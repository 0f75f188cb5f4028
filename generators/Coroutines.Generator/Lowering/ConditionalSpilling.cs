using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Operators that may skip an operand that suspends become branches.
/// <code>t = a ? await b() : c   →   if (!a) goto else; t = await b(); goto end; else: t = c; end:</code>
/// </summary>
internal sealed class ConditionalSpilling(LoweringContext context, List<Statement> output, ExpressionSpilling expressions)
{
    public Code Value(Conditional e)
    {
        int result = context.Temporary(e.Type);
        switch (e.Kind)
        {
            case ConditionalKind.Choice: Choose(e, result, null); break;
            case ConditionalKind.Coalesce: Coalesce(e, result); break;
            default: ShortCircuit(e, result); break;
        }
        return Code.Variable(result);
    }

    public void Choose(Conditional e, int target, SourceSpan? span)
    {
        int other = context.NewLabel("else"), end = context.NewLabel("chosen");
        expressions.Test(e.Test, false, other);
        expressions.Into(target, e.WhenTrue, span);
        output.Add(new Goto(end));
        output.Add(new Label(other, ""));
        expressions.Into(target, e.WhenFalse!, span);
        output.Add(new Label(end, ""));
    }

    public Code Value(ConditionalAccess e)
    {
        int result = context.Temporary(e.Type ?? throw LoweringContext.Unreachable(e, "an access without a value is a statement"));
        expressions.Store(result, "default!", null);
        Access(e, result);
        return Code.Variable(result);
    }

    /// <param name="target">The variable that keeps what it held where the receiver is null; none for a statement.</param>
    public void Access(ConditionalAccess e, int? target)
    {
        int end = context.NewLabel("accessed"), value = e.IsValue.Length > 0 ? context.NewLabel("value") : 0;
        foreach (Operation step in e.Locating) expressions.Effect(step);
        if (e.IsValue.Length > 0) output.Add(new Branch(new Verbatim(Code.Of(e.IsValue)), true, value));
        expressions.Into(e.Receiver, e.Value, null);
        output.Add(new Branch(new Verbatim(Code.Variable(e.Receiver) + " is null"), true, end));
        if (e.IsValue.Length > 0) output.Add(new Label(value, ""));
        if (target is { } result) expressions.Into(result, e.WhenNotNull, null);
        else expressions.Effect(e.WhenNotNull);
        output.Add(new Label(end, ""));
    }

    /// <summary>A condition that is only jumped on needs no value.</summary>
    public bool TryTest(Conditional e, bool jumpIf, int target)
    {
        if (e.Kind is not (ConditionalKind.And or ConditionalKind.Or) || e.Decides.Length > 0) return false;
        bool decides = e.Kind == ConditionalKind.Or;
        if (decides == jumpIf)
        {
            expressions.Test(e.Test, jumpIf, target);
            expressions.Test(e.WhenTrue, jumpIf, target);
            return true;
        }
        int skip = context.NewLabel("skip");
        expressions.Test(e.Test, decides, skip);
        expressions.Test(e.WhenTrue, jumpIf, target);
        output.Add(new Label(skip, ""));
        return true;
    }

    private void ShortCircuit(Conditional e, int result)
    {
        int end = context.NewLabel("decided");
        expressions.Into(result, e.Test, null);
        if (e.Decides.Length > 0)
        {
            output.Add(new Branch(new Verbatim(Code.Of(e.Decides + "(default!, ") + Code.Variable(result) + ")"), true, end));
            Code right = expressions.Value(e.WhenTrue);
            expressions.Store(result, Code.Variable(result) + (e.Kind == ConditionalKind.And ? " & (" : " | (") + right + ")", null);
        }
        else
        {
            output.Add(new Branch(new Verbatim(Code.Variable(result)), e.Kind == ConditionalKind.Or, end));
            expressions.Into(result, e.WhenTrue, null);
        }
        output.Add(new Label(end, ""));
    }

    private void Coalesce(Conditional e, int result)
    {
        int other = context.NewLabel("null"), end = context.NewLabel("coalesced");
        Code left = expressions.Keep(expressions.Value(e.Test), e.TestType);
        output.Add(new Branch(new Verbatim(left + " is null"), true, other));
        expressions.Store(result, left + e.Unwrap, null);
        output.Add(new Goto(end));
        output.Add(new Label(other, ""));
        expressions.Into(result, e.WhenTrue, null);
        output.Add(new Label(end, ""));
    }
}
