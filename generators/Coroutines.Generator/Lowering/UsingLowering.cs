using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: nothing. Gives: no using.
/// <code>using (r = e) { body }   →   r = e; try { body } finally { if (r != null) r.Dispose(); }</code>
/// </summary>
internal static class UsingLowering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement is Using s
            ? [new Block([new Declare(s.Variable), new Assign(s.Variable, s.Value, s.Span), new Try(s.Body, [], Code.Of("{ ") + s.Dispose + " }", false)])]
            : null).Rewrite(body);
}
