using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: control flow as labels and jumps. Gives: no catch clause that suspends; of such a clause only what must happen while the
/// exception is in flight stays, and the body stands behind the try.
/// <code>
/// try { a } catch (E e) when (f(e)) { await b; }   →   try { a } catch (E c) when ((e = c) is var _ &amp;&amp; f(e)) { goto handler; }
///                                                      goto end; handler: await b; end:
/// </code>
/// A finally encloses the handlers, so a verbatim one goes to a try around both.
/// </summary>
internal static class CatchLowering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement is HandledTry s && !IsDone(s) ? Lower(s, context) : null).Rewrite(body);

    private static bool IsDone(HandledTry s) => s.Catches.IsEmpty && s.Finally is null;

    private static IEnumerable<Statement> Lower(HandledTry s, LoweringContext context)
    {
        EquatableArray<Statement> guarded = Catches(s, context).ToEquatableArray();
        if (s.Finally is not null) return [new Try(guarded, [], s.Finally, false)];
        return s.SuspendingFinally is null ? guarded : [new HandledTry(guarded, [], null, s.SuspendingFinally, false, false)];
    }

    private static IEnumerable<Statement> Catches(HandledTry s, LoweringContext context)
    {
        var clauses = new List<Code>();
        var handlers = new List<Statement>();
        int end = context.NewLabel("handled");
        foreach (CatchClause clause in s.Catches)
        {
            if (clause.Body is null)
            {
                clauses.Add(clause.Code);
                continue;
            }
            int handler = context.NewLabel("catch");
            clauses.Add(clause.Code + new Code([Part.Jump(handler), Part.Of(" }")]));
            handlers.AddRange([new Label(handler, ""), .. clause.Body.Body, new Goto(end)]);
        }
        if (clauses.Count == 0) return s.Body;
        var tried = new Try(s.Body, clauses.ToEquatableArray(), null, s.CatchesCancellation, s.HasFilter);
        return handlers.Count == 0 ? [tried] : [tried, new Goto(end), .. handlers, new Label(end, "")];
    }
}
