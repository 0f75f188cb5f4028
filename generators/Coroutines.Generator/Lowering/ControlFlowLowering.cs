using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Parsing;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: no using, foreach, switch. Gives: no if, loop, block, return; labels and jumps instead.
/// <code>
/// while (c) body     →   goto test; top: body; next: test: if (c) goto top; end:
/// return e;          →   result = e; goto done;
/// </code>
/// The test stands at the bottom: one jump per iteration.
/// </summary>
internal static class ControlFlowLowering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement switch
        {
            Block s => s.Body,
            Return s => Lower(s),
            If s => Lower(s, context),
            Loop s => Lower(s, context),
            _ => null,
        }).Rewrite(body);

    private static IEnumerable<Statement> Lower(Return s)
    {
        if (s.Value is not null) yield return new Assign(AwaitPoint.Result, s.Value, s.Span);
        yield return new Goto(BodyContext.Done);
    }

    private static IEnumerable<Statement> Lower(If s, LoweringContext context)
    {
        int end = context.NewLabel("endif");
        int other = s.Else is null ? end : context.NewLabel("else");
        yield return new Branch(s.Condition, false, other);
        foreach (Statement statement in Flat(s.Then)) yield return statement;
        if (s.Else is not null)
        {
            yield return new Goto(end);
            yield return new Label(other, "");
            foreach (Statement statement in Flat(s.Else)) yield return statement;
        }
        yield return new Label(end, "");
    }

    private static IEnumerable<Statement> Lower(Loop s, LoweringContext context)
    {
        int top = context.NewLabel("loop"), test = context.NewLabel("test");
        foreach (Statement statement in s.Before) yield return statement;
        if (s.TestsFirst && s.Condition is not null) yield return new Goto(test);
        yield return new Label(top, "");
        foreach (Statement statement in Flat(s.Body)) yield return statement;
        yield return new Label(s.Continue, "");
        foreach (Statement statement in s.After) yield return statement;
        yield return new Label(test, "");
        if (s.Condition is null) yield return new Goto(top);
        else yield return new Branch(s.Condition, true, top);
        yield return new Label(s.Break, "");
    }

    private static IEnumerable<Statement> Flat(Statement statement) => statement is Block block ? block.Body : [statement];
}
