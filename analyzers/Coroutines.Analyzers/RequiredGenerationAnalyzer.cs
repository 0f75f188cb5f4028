using System.Collections.Immutable;
using Coroutines.Analyzers.Lowering;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO200: the user insists on the generated lowering, and the generator refuses the coroutine, or cannot redirect a call of it.</summary>
/// <remarks>
/// Builds skip analyzers that have nothing above information to say, so the reasons, which are dear to find, have analyzers of their own, and this one looks only at what is asked for.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RequiredGenerationAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LoweringRules.NotGenerated];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        AnalyzerConfigOptions options = start.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        var requests = new GenerationRequests(options);
        new RefusedMethods(symbols, new CoroutineShape(symbols, start.Compilation), requests.Cover, (method, refusal, location) => Describe(method, refusal, location, "")).Register(start);
        new RefusedCalls(
            symbols,
            GenerationRequests.Namespaces(options),
            requests.Cover,
            (method, refusal, location) => Describe(method, refusal, location, "this call is not redirected: ")).Register(start);
    }

    private static Diagnostic Describe(IMethodSymbol method, Refusal refusal, Location location, string what) =>
        Diagnostic.Create(LoweringRules.NotGenerated, location, method.Name, what + refusal.Message);
}
