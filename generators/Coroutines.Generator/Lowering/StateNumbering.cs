using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: awaits as statements. Gives: every await that may suspend its state, dense from 1, in the order of the text; 0 is the start.
/// <code>await a; await b;   →   await#1 a; await#2 b;</code>
/// </summary>
internal static class StateNumbering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement is AwaitPoint { Await.Kind: not AwaitKind.StreamStart } s ? [s with { State = ++context.States }] : null).Rewrite(body);
}
