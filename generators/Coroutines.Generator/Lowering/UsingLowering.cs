using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: nothing. Gives: no using.
/// <code>
/// using (r = e) { body }         →   r = e; try { body } finally { if (r != null) r.Dispose(); }
/// await using (r = e) { body }   →   r = e; try { body } finally { if (r != null) await r.DisposeAsync(); }
/// </code>
/// </summary>
internal static class UsingLowering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement is Using s
            ? [new Block([new Declare(s.Variable), new Assign(s.Variable, s.Value, s.Span), Guard(s)])]
            : null).Rewrite(body);

    private static Statement Guard(Using s) => s.Dispose is { } dispose
        ? new Try(s.Body, [], Code.Of("{ ") + dispose + " }", false)
        : new HandledTry(s.Body, [], null, s.SuspendingDispose, false, false);
}
