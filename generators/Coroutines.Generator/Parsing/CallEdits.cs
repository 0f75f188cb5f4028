using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>What changes at calls: coroutines go to their factory, and what callees learn of their caller stays as it was.</summary>
internal sealed class CallEdits(BodyContext context)
{
    /// <summary>The value of a <c>nameof</c>, else null.</summary>
    public string? NameOf(InvocationExpressionSyntax call) =>
        call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" }
        && context.Semantics.GetConstantValue(call) is { HasValue: true, Value: string value } && context.Semantics.GetSymbolInfo(call).Symbol is null
            ? SymbolDisplay.FormatLiteral(value, quote: true) : null;

    public IEnumerable<LeafEdit> Around(ExpressionSyntax call)
    {
        if (context.Semantics.GetSymbolInfo(call).Symbol is not IMethodSymbol method) yield break;
        if (call is InvocationExpressionSyntax invocation && NameToken(invocation) is { } token)
        {
            if (context.Callees.IndexOf(method, IsThroughBase(invocation)) is var index and >= 0 && KindOf(invocation, method) is { } kind)
                yield return new(token.SpanStart, token.Span.End, [new(kind, "", index)]);
            if (Adapted(invocation, context.Semantics) is { } iterator && context.Semantics.GetSymbolInfo(iterator).Symbol is IMethodSymbol called
                && context.Callees.IndexOf(called, IsThroughBase(iterator)) is var adapted and >= 0)
                yield return new(iterator.Span.End, invocation.Span.End, [new(PartKind.Adapter, ".AsCoroutine()", adapted)]);
        }
        if (call is BaseObjectCreationExpressionSyntax { ArgumentList: not null }) yield break;
        foreach (LeafEdit edit in CallerInformationOf(call, method)) yield return edit;
    }

    /// <summary>The call of a generator-style coroutine before <c>.AsCoroutine()</c>; null for anything else.</summary>
    public static InvocationExpressionSyntax? Adapted(ExpressionSyntax expression, SemanticModel semantics) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "AsCoroutine", Expression: InvocationExpressionSyntax iterator } } adapter
        && semantics.GetSymbolInfo(adapter).Symbol is IMethodSymbol { ReducedFrom: not null } method && TypeText.IsOurs(method.ContainingType)
        && semantics.GetSymbolInfo(iterator).Symbol is IMethodSymbol called && SignatureParser.IsIterator(called) ? iterator : null;

    /// <summary>What a called coroutine is called as: a generator-style one is a <c>Coroutine</c> where a <c>Coroutine</c> is good as well, else an iterator; null if it is left alone.</summary>
    private PartKind? KindOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (!SignatureParser.IsIterator(method)) return PartKind.Callee;
        SyntaxNode? parent = call.Parent;
        while (parent is ParenthesizedExpressionSyntax) parent = parent.Parent;
        bool isCoroutine = parent switch
        {
            AwaitExpressionSyntax => true,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax adapter } => Adapted(adapter, context.Semantics) == call,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax spawn } => context.Semantics.GetSymbolInfo(spawn).Symbol is IMethodSymbol { Name: "Spawn" } taker && TypeText.IsOurs(taker.ContainingType),
            _ => false,
        };
        // Through base the compiler's lowering runs by hand: only this method can call it so.
        return isCoroutine ? PartKind.Callee : IsThroughBase(call) ? null : PartKind.Iterator;
    }

    public static bool IsThroughBase(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };

    public static SyntaxToken? NameToken(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name.Identifier,
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier,
        _ => null,
    };

    /// <summary>Caller member name, line, file and argument text, as the compiler computed them for the original.</summary>
    public IEnumerable<LeafEdit> CallerInformationOf(ExpressionSyntax call, ISymbol? member)
    {
        if (!CallerInformation.IsTaken(member) || CallerInformation.ArgumentsOf(context.Semantics.GetOperation(call)).ToList() is not { Count: > 0 } arguments) yield break;
        string text = string.Join(", ", arguments);
        BaseArgumentListSyntax? list = call switch
        {
            InvocationExpressionSyntax invocation => invocation.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            ElementAccessExpressionSyntax element => element.ArgumentList,
            _ => null,
        };
        if (list is not null) yield return new(list.Span.End - 1, list.Span.End - 1, [Part.Of(list.Arguments.Count > 0 ? ", " + text : text)]);
        else if (call is ObjectCreationExpressionSyntax { Type: { } type }) yield return new(type.Span.End, type.Span.End, [Part.Of($"({text})")]);
    }
}
