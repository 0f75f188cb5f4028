using Coroutines.Analyzers.Symbols;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Lowering;

/// <summary>Finds coroutines that the generator refuses: methods, and local functions, each by itself.</summary>
/// <param name="isAsked">Whether to look at a coroutine with this attribute: looking is dear.</param>
/// <param name="describe">What to say about one.</param>
/// <remarks>It asks the question that the generator asks, so the two cannot disagree.</remarks>
internal sealed class RefusedMethods(
    CoroutineSymbols symbols, CoroutineShape shape, Func<AttributeData, bool> isAsked, Func<IMethodSymbol, Refusal, Location, Diagnostic> describe)
{
    public void Register(CompilationStartAnalysisContext start)
    {
        start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.MethodDeclaration);
        start.RegisterSyntaxNodeAction(AnalyzeLocalFunction, SyntaxKind.LocalFunctionStatement);
    }

    private void Analyze(SyntaxNodeAnalysisContext context)
    {
        var syntax = (MethodDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count > 0
            && context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is { } method
            && IsAsked(method)
            && KnownVerdicts.Of(context.Compilation).About(method, context.CancellationToken)?.Refusal is { } refusal
            && !IsSaidElsewhere(refusal.Rule, method))
        {
            context.ReportDiagnostic(describe(method, refusal, Place(refusal, method, syntax, context.CancellationToken)));
        }
    }

    /// <summary>The method around it may be generated all the same: it copies those of its local functions that are refused.</summary>
    private void AnalyzeLocalFunction(SyntaxNodeAnalysisContext context)
    {
        var syntax = (LocalFunctionStatementSyntax)context.Node;
        if (syntax.AttributeLists.Count > 0
            && context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is IMethodSymbol function
            && IsAsked(function)
            && KnownVerdicts.Of(context.Compilation).AboutLocal(function, syntax, context.CancellationToken) is { } refusal)
        {
            context.ReportDiagnostic(describe(function, refusal, LocationOf(refusal, syntax, syntax.Identifier)));
        }
    }

    private bool IsAsked(IMethodSymbol method) => symbols.CoroutineAttribute(method) is { } attribute && isAsked(attribute);

    /// <summary>What the compiler, CORO408 or CORO404 already report as an error need not be said twice.</summary>
    private bool IsSaidElsewhere(RefusalRule reason, IMethodSymbol method) =>
        reason == Refusals.Binding
        || reason == Refusals.NotPartial
        || ((reason == Refusals.NoBody || reason == Refusals.ReturnType) && shape.Objection(method) is not null);

    /// <summary>In the part with the body, wherever the attribute stands.</summary>
    private static Location Place(Refusal refusal, IMethodSymbol method, MethodDeclarationSyntax syntax, CancellationToken cancellation)
    {
        var body = method.PartialImplementationPart?.DeclaringSyntaxReferences[0].GetSyntax(cancellation) as MethodDeclarationSyntax ?? syntax;
        return LocationOf(refusal, body, body.Identifier);
    }

    /// <summary>The construct; the method's name where the reason is the method as a whole.</summary>
    private static Location LocationOf(Refusal refusal, SyntaxNode syntax, SyntaxToken name) =>
        refusal.Start == syntax.SpanStart && refusal.Length == syntax.Span.Length
            ? name.GetLocation()
            : Location.Create(syntax.SyntaxTree, new TextSpan(refusal.Start, refusal.Length));
}
