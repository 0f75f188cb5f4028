using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: numbered states. Gives: every try that suspends the label before it and the states inside it. No jump may enter a try,
/// so resuming goes in two steps: the outer dispatch jumps before the try, a dispatch at its head goes on.
/// <code>try { await#3 a; }   →   enter: try { switch (state) { case 3: goto resume3; } await#3 a; }</code>
/// </summary>
internal static class TryDispatch
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement =>
        {
            if (statement is not Try s) return null;
            var states = States(s.Body).ToEquatableArray();
            return states.IsEmpty ? null : [s with { States = states, Entry = context.NewLabel("try") }];
        }).Rewrite(body);

    /// <summary>All states of a region, those of nested tries included.</summary>
    public static IEnumerable<int> States(IEnumerable<Statement> body) => body.SelectMany(statement => statement switch
    {
        AwaitPoint { State: > 0 } s => [s.State],
        Try s => States(s.Body),
        _ => Enumerable.Empty<int>(),
    });
}
