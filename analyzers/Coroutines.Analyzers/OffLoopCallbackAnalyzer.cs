using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO305: code leaves the loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OffLoopCallbackAnalyzer : BlockingMemberAnalyzer
{
    private protected override DiagnosticDescriptor Rule => ThreadRules.OffLoopCallback;

    private protected override bool Covers(BlockingKind kind) => kind is BlockingKind.LeavesLoop or BlockingKind.OwnThread;

    private protected override DiagnosticSeverity Severity(BlockingKind kind) =>
        kind is BlockingKind.OwnThread ? DiagnosticSeverity.Info : Rule.DefaultSeverity;

    private protected override string Advice(BlockingGroup group) => $"runs its callback on another thread, where nothing of the loop may be touched; {group.Advice}";
}
