using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers;

/// <summary>
/// CORO201 and up: the generator refuses a coroutine, which therefore keeps the compiler's lowering, and why.
/// CORO200 instead where the user insists on the generated one.
/// </summary>
/// <remarks>It asks the question that the generator asks, so the two cannot disagree.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReferenceLoweringAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [LoweringRules.NotGenerated, .. LoweringRules.ByReason.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation) is not { } symbols)
                return;

            var shape = new CoroutineShape(symbols, start.Compilation);
            var requests = new GenerationRequests(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
            start.RegisterSyntaxNodeAction(node => Analyze(node, symbols, shape, requests), SyntaxKind.MethodDeclaration);
            start.RegisterSyntaxNodeAction(node => AnalyzeLocalFunction(node, symbols, requests), SyntaxKind.LocalFunctionStatement);
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, CoroutineSymbols symbols, CoroutineShape shape, GenerationRequests requests)
    {
        var syntax = (MethodDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not { } method
            || symbols.CoroutineAttribute(method) is not { } attribute)
        {
            return;
        }

        Verdict verdict = CoroutineAcceptance.Check(method, syntax, context.SemanticModel, context.CancellationToken);
        if (verdict.Refusal is not { } refusal || IsSaidElsewhere(refusal.Rule, method, shape))
            return;

        Report(context, requests, attribute, method, refusal.Rule, refusal.Message, Place(refusal, method, syntax, context.CancellationToken));
    }

    /// <summary>In the part with the body, wherever the attribute stands.</summary>
    private static Location Place(Refusal refusal, IMethodSymbol method, MethodDeclarationSyntax syntax, CancellationToken cancellation)
    {
        var body = method.PartialImplementationPart?.DeclaringSyntaxReferences[0].GetSyntax(cancellation) as MethodDeclarationSyntax ?? syntax;
        return LocationOf(refusal, body, body.Identifier);
    }

    /// <summary>The method around it may be generated all the same: it copies those of its local functions that are refused.</summary>
    private static void AnalyzeLocalFunction(SyntaxNodeAnalysisContext context, CoroutineSymbols symbols, GenerationRequests requests)
    {
        var syntax = (LocalFunctionStatementSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not IMethodSymbol function
            || symbols.CoroutineAttribute(function) is not { } attribute)
        {
            return;
        }

        if (CoroutineAcceptance.CheckLocal(function, syntax, context.SemanticModel, context.CancellationToken) is { } refusal)
            Report(context, requests, attribute, function, refusal.Rule, refusal.Message, LocationOf(refusal, syntax, syntax.Identifier));
    }

    private static void Report(
        SyntaxNodeAnalysisContext context, GenerationRequests requests, AttributeData attribute, IMethodSymbol method, RefusalRule rule, string message, Location location) =>
        context.ReportDiagnostic(requests.Cover(attribute)
            ? Diagnostic.Create(LoweringRules.NotGenerated, location, method.Name, message)
            : Diagnostic.Create(LoweringRules.ByReason[rule.Id], location, method.Name, message));

    /// <summary>What the compiler, CORO408 or CORO404 already report as an error need not be said twice.</summary>
    private static bool IsSaidElsewhere(RefusalRule reason, IMethodSymbol method, CoroutineShape shape) =>
        reason == Refusals.Binding
        || reason == Refusals.NotPartial
        || ((reason == Refusals.NoBody || reason == Refusals.ReturnType) && shape.Objection(method) is not null);

    /// <summary>The construct; the method's name where the reason is the method as a whole.</summary>
    private static Location LocationOf(Refusal refusal, SyntaxNode syntax, SyntaxToken name) =>
        refusal.Start == syntax.SpanStart && refusal.Length == syntax.Span.Length
            ? name.GetLocation()
            : Location.Create(syntax.SyntaxTree, new TextSpan(refusal.Start, refusal.Length));
}
