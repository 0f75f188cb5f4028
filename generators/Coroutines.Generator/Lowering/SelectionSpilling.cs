using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// A switch expression with an arm that suspends becomes a switch statement that only jumps, and the arms behind it.
/// <code>t = e switch { p => await a(), _ => b }   →   switch (e) { case p: goto arm1; default: goto arm2; } arm1: t = await a(); goto end; arm2: t = b; end:</code>
/// </summary>
internal sealed class SelectionSpilling(LoweringContext context, List<Statement> output, ExpressionSpilling expressions)
{
    public Code Value(Selection e)
    {
        int result = context.Temporary(e.Type);
        Choose(e, result);
        return Code.Variable(result);
    }

    public void Choose(Selection e, int target)
    {
        Code governing = expressions.Keep(expressions.Value(e.Governing), e.GoverningType);
        int[] labels = [.. e.Arms.Select(_ => context.NewLabel("arm"))];
        int end = context.NewLabel("selected");
        int[] tests = [.. e.Arms.Select((arm, i) => arm.Guard is null ? labels[i] : context.NewLabel("guard"))];
        Dispatch(e, governing, tests, 0);
        for (int i = 0; i < labels.Length; i++)
        {
            if (e.Arms[i].Guard is not { } guard) continue;
            output.Add(new Label(tests[i], ""));
            expressions.Test(guard, true, labels[i]);
            Dispatch(e, governing, tests, i + 1);
        }
        for (int i = 0; i < labels.Length; i++)
        {
            output.Add(new Label(labels[i], ""));
            expressions.Into(target, e.Arms[i].Value, e.Arms[i].Span);
            output.Add(new Goto(end));
        }
        output.Add(new Label(end, ""));
    }

    /// <summary>Jumps to the first arm that matches, from one on: what stands before a guard that failed has been tried.</summary>
    private void Dispatch(Selection e, Code governing, int[] tests, int from)
    {
        Code dispatch = Code.Of("switch (") + governing + ") { ";
        for (int i = from; i < tests.Length; i++) dispatch += e.Arms[i].Label + new Code([Part.Of(" "), Part.Jump(tests[i]), Part.Of(" ")]);
        if (from < tests.Length) output.Add(new Leaf((dispatch + "}") with { DeclaresNames = true }));
        output.Add(new Leaf(Code.Of("throw new global::System.Runtime.CompilerServices.SwitchExpressionException((object?)") + governing + ");"));
    }
}
