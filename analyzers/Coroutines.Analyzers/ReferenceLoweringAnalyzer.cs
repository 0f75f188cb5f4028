using System.Collections.Immutable;
using Coroutines.Analyzers.Lowering;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO201 and up: the generator refuses a coroutine, which therefore keeps the compiler's lowering, and why.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReferenceLoweringAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. LoweringRules.ByReason.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        var requests = new GenerationRequests(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        new RefusedMethods(
            symbols,
            new CoroutineShape(symbols, start.Compilation),
            attribute => !requests.Cover(attribute),
            (method, refusal, location) => Diagnostic.Create(LoweringRules.ByReason[refusal.Rule.Id], location, method.Name, refusal.Message)).Register(start);
    }
}
