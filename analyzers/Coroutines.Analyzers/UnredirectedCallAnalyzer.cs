using System.Collections.Concurrent;
using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>
/// CORO231 and up: a call in ordinary code cannot be redirected to the generated lowering of its coroutine, and why. CORO200 instead where the
/// user insists on the generated one.
/// </summary>
/// <remarks>It asks the question that the generator asks, so the two cannot disagree.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnredirectedCallAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [LoweringRules.NotGenerated, .. LoweringRules.ByCallReason.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation) is not { } symbols)
                return;

            AnalyzerConfigOptions options = start.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
            options.TryGetValue(InterceptorNamespaces.Property, out string? listed);
            var namespaces = InterceptorNamespaces.Parse(listed);
            var requests = new GenerationRequests(options);
            var verdicts = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterOperationAction(operation => Analyze(operation, symbols, namespaces, requests, verdicts), OperationKind.Invocation);
        });
    }

    private static void Analyze(
        OperationAnalysisContext context, CoroutineSymbols symbols, InterceptorNamespaces namespaces, GenerationRequests requests, ConcurrentDictionary<ISymbol, bool> verdicts)
    {
        IMethodSymbol method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (symbols.CoroutineAttribute(method) is not { } attribute
            || context.Operation is not { Syntax: InvocationExpressionSyntax call, SemanticModel: { } semantics })
        {
            return;
        }

        // Nearly every call can be redirected, so verdicts are rarely asked for.
        bool IsGenerated(IMethodSymbol coroutine) => verdicts.GetOrAdd(coroutine, _ => CoroutineAcceptance.IsGenerated(coroutine, semantics.Compilation, context.CancellationToken));
        if (CallAcceptance.Check(call, semantics, namespaces, IsGenerated, context.CancellationToken) is not { } refusal)
            return;

        context.ReportDiagnostic(requests.Cover(attribute)
            ? Diagnostic.Create(LoweringRules.NotGenerated, call.GetLocation(), method.Name, "this call is not redirected: " + refusal.Message)
            : Diagnostic.Create(LoweringRules.ByCallReason[refusal.Rule.Id], call.GetLocation(), method.Name, refusal.Message));
    }
}
