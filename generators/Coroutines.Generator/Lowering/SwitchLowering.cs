using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: nothing. Gives: no switch that contains a suspension.
/// <code>switch (e) { case p: body }   →   switch (e) { case p: goto L; } goto end; L: body; end:</code>
/// </summary>
internal static class SwitchLowering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement is Switch s ? Lower(s) : null).Rewrite(body);

    private static IEnumerable<Statement> Lower(Switch s)
    {
        yield return new Evaluate(new Operation(s.Dispatch, [new(s.Governing, s.Type, false)]));
        yield return new Goto(s.Break);
        foreach (SwitchGuard guard in s.Guards)
        {
            yield return new Label(guard.Label, "");
            yield return new Branch(guard.Condition, true, guard.Section);
            yield return new Evaluate(new Operation(guard.Rest, [new(s.Governing, s.Type, true)]));
            yield return new Goto(s.Break);
        }
        foreach (SwitchSection section in s.Sections)
        {
            yield return new Label(section.Label, "");
            foreach (Statement statement in section.Body) yield return statement;
        }
        yield return new Label(s.Break, "");
    }
}
