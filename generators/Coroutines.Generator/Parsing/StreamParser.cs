using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>A stream that a body reads: the variable that holds it, and the awaits by which it is started, advanced and left.</summary>
internal sealed record StreamSource(int Variable, Await Start, Await Next, Await Leave);

/// <summary>Both ends of a stream: <c>yield return</c> in its body, and <c>await foreach</c> over a call of it.</summary>
internal sealed class StreamParser(BodyContext context, ExpressionParser expressions)
{
    private static readonly VariableType s_bool = new("bool", false, false, Visibility.Public, Size: 1);

    /// <summary><c>yield return e;   →   result = e; yield; if (leaving) goto done;</c></summary>
    public IEnumerable<Statement> Yield(YieldStatementSyntax statement)
    {
        SourceSpan? span = context.SpanOf(statement);
        yield return new Assign(AwaitPoint.Result, expressions.Parse(statement.Expression!), span);
        yield return new Evaluate(new Await(new("", []), AwaitKind.Yield, null, null, false, null, span, AwaitParser.Shown(statement)));
        yield return new Leaf(new([Part.Of("if ("), new(PartKind.Leaving, ""), Part.Of(") "), Part.Jump(BodyContext.Done)]));
    }

    /// <summary>The stream that a direct call of a coroutine makes; null for any other source.</summary>
    public StreamSource? Source(ExpressionSyntax source)
    {
        ExpressionSyntax called = source;
        while (called is ParenthesizedExpressionSyntax parenthesized) called = parenthesized.Expression;
        if (called is not InvocationExpressionSyntax invocation
            || context.Semantics.GetSymbolInfo(invocation).Symbol is not IMethodSymbol method || !SignatureParser.IsStream(method)
            || context.CalleeOf(method, CallEdits.IsThroughBase(invocation)) < 0) return null;

        VariableType element = TypeText.Describe(((INamedTypeSymbol)method.ReturnType).TypeArguments[0]);
        CoroutineCall? call = expressions.Awaits.Call(invocation, out Operation? started);
        // What it holds depends on the plan: the stream's frame, or a reference to an object.
        int variable = context.Temporary(new(call?.FrameType ?? "", true, false, Visibility.Public), "stream");
        SourceSpan? span = context.SpanOf(source);
        string text = AwaitParser.Shown(source);
        Await Read(AwaitKind kind, VariableType? result, string what) => new(new("", []), kind, null, null, false, result, span, $"{what} {text}", variable);
        return new(
            variable,
            new(started ?? expressions.Awaits.Whole(called), AwaitKind.StreamStart, call, null, false, element, span, text, variable),
            Read(AwaitKind.StreamNext, s_bool, "next of"),
            Read(AwaitKind.StreamLeave, null, "leave"));
    }
}
