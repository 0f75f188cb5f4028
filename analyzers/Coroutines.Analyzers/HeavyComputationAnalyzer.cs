using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO109: heavy computation on the loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeavyComputationAnalyzer : BlockingMemberAnalyzer
{
    private protected override DiagnosticDescriptor Rule => BlockingRules.HeavyComputation;

    private protected override bool Covers(BlockingKind kind) => kind is BlockingKind.Computation;
}
