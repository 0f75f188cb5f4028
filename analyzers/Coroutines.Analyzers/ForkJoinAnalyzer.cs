using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO108: parallel loop or query on the loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForkJoinAnalyzer : BlockingMemberAnalyzer
{
    private protected override DiagnosticDescriptor Rule => BlockingRules.ForkJoin;

    private protected override bool Covers(BlockingKind kind) => kind is BlockingKind.ForkJoin;
}
