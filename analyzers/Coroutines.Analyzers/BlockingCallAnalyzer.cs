using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO101: a call parks the thread of the loop, waits for the system, or takes a lock.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer : BlockingMemberAnalyzer
{
    private protected override DiagnosticDescriptor Rule => BlockingRules.BlockingCall;

    private protected override bool Covers(BlockingKind kind) =>
        kind is BlockingKind.Park or BlockingKind.InputOutput or BlockingKind.Lock or BlockingKind.Minor or BlockingKind.Scanned;

    private protected override DiagnosticSeverity Severity(BlockingKind kind) => kind switch
    {
        BlockingKind.Park => DiagnosticSeverity.Error,
        BlockingKind.Minor or BlockingKind.Scanned => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Warning,
    };
}
