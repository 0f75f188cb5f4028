using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO103: a coroutine waits by the thread pool where the loop has a wait of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignWaitAnalyzer : BlockingMemberAnalyzer
{
    private protected override DiagnosticDescriptor Rule => BlockingRules.BetterOverload;

    private protected override bool Covers(BlockingKind kind) => kind is BlockingKind.Foreign;

    private protected override string Advice(BlockingGroup group) => $"waits by the thread pool; {group.Advice}";
}
