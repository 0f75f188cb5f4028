using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;


namespace Coroutines.CodeFixes;

/// <summary>CORO302: removes the lock, and leaves what is inside.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NeedlessLockFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ThreadRules.NeedlessLockId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic) => site.NodeAt(diagnostic) is LockStatementSyntax @lock
        ? new PlannedEdit("Remove the lock", editor => editor.ReplaceNode(@lock, (current, _) => ((LockStatementSyntax)current).Statement.WithTriviaFrom(current)))
        : null;
}
