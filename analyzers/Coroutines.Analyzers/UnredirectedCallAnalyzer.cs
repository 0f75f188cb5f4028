using System.Collections.Immutable;
using Coroutines.Analyzers.Lowering;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO231 and up: a call in ordinary code cannot be redirected to the generated lowering of its coroutine, and why.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnredirectedCallAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. LoweringRules.ByCallReason.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        AnalyzerConfigOptions options = start.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        var requests = new GenerationRequests(options);
        new RefusedCalls(
            symbols,
            GenerationRequests.Namespaces(options),
            attribute => !requests.Cover(attribute),
            (method, refusal, location) => Diagnostic.Create(LoweringRules.ByCallReason[refusal.Rule.Id], location, method.Name, refusal.Message)).Register(start);
    }
}
