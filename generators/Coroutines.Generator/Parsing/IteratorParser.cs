using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Generator-style coroutines: what a <c>yield return</c> waits for.</summary>
internal sealed class IteratorParser(BodyContext context, ExpressionParser expressions)
{
    private const string Yielded = "global::Coroutines.CompilerServices.YieldedAwaitable.AsCoroutine(";

    /// <summary>Whether the method's own body yields, which makes it an iterator.</summary>
    public static bool Yields(MethodDeclarationSyntax method) =>
        method.Body is { } body && body.DescendantNodes(n => !BodyContext.IsFunction(n)).Any(n => n is YieldStatementSyntax);

    /// <summary>
    /// <c>yield return e;   →   await e;</c> by the static type where it is one of the runtime's; null stands for the next turn. What only implements the interface is asked for its coroutine,
    /// as the compiler's iterator, driven by the loop, asks for that of everything.
    /// </summary>
    public IEnumerable<Statement> Yield(YieldStatementSyntax statement)
    {
        ExpressionSyntax yielded = statement.Expression!;
        while (yielded is ParenthesizedExpressionSyntax parenthesized) yielded = parenthesized.Expression;
        if (expressions.Awaits.Iterator(yielded, statement) is { } called) return [new Evaluate(called)];
        ITypeSymbol? type = context.Semantics.GetTypeInfo(yielded).Type;
        if (yielded.IsKind(SyntaxKind.NullLiteralExpression)) return [new Evaluate(NextTurn(statement))];
        if (AwaiterOf(type) is not { } get) return [new Evaluate(Unknown(yielded, statement))];
        Await Awaited(Operation operand, CoroutineCall? call) => expressions.Awaits.Of(type!, get.ReturnType, GetResultOf(get), operand, call, statement, statement.ToString());
        if (type!.IsValueType) return [new Evaluate(Awaited(expressions.Awaits.Operand(yielded, type, out CoroutineCall? call), call))];

        int kept = context.Temporary(TypeText.Describe(type), "yielded");
        var isNull = new Verbatim(new([Part.Variable(kept), Part.Of(" is null")]));
        return
        [
            new Assign(kept, expressions.Parse(yielded), context.SpanOf(statement)),
            new If(isNull, new Block([new Evaluate(NextTurn(statement))]), new Block([new Evaluate(Awaited(new(Code.Variable(kept), []), null))])),
        ];
    }

    private static IMethodSymbol? AwaiterOf(ITypeSymbol? type) => type is { TypeKind: TypeKind.Struct or TypeKind.Class } && TypeText.IsOurs(type)
        ? type.GetMembers("GetAwaiter").OfType<IMethodSymbol>().FirstOrDefault() : null;

    private static IMethodSymbol GetResultOf(IMethodSymbol getAwaiter) => getAwaiter.ReturnType.GetMembers("GetResult").OfType<IMethodSymbol>().First();

    private Await NextTurn(YieldStatementSyntax statement) => new(
        new("global::Coroutines.Coroutine.Yield()", []), AwaitKind.Signal, null, new("global::Coroutines.YieldAwaitable.Awaiter", false, false, Visibility.Public), true, null,
        context.SpanOf(statement), AwaitParser.Shown(statement));

    private Await Unknown(ExpressionSyntax yielded, YieldStatementSyntax statement)
    {
        Operation operand = expressions.Awaits.Whole(yielded);
        return new(operand with { Template = Code.Of(Yielded) + operand.Template + ")" }, AwaitKind.Coroutine, null, null, false, null, context.SpanOf(statement), AwaitParser.Shown(statement));
    }
}
