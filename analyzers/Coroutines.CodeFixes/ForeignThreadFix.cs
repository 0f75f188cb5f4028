using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO304: goes through the door for other threads: the loop's thread-safe member of the same meaning, or <c>loop.CallSoonThreadSafe(() => …)</c> where a loop is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ForeignThreadFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ThreadRules.ForeignThreadId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.NodeAt(diagnostic) is not SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name
            || !IsResultUnused(call)
            || site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        string? safe = (method.ContainingType.Name, method.Name, method.Parameters.Length) switch
        {
            ("EventLoop", "CallSoon", 1) => "CallSoonThreadSafe",
            ("Future", "SetResult" or "TrySetResult", _) => "PostResult",
            ("Future", "SetException" or "TrySetException", _) => "PostException",
            _ => null,
        };
        if (safe is not null)
            return new PlannedEdit($"Use '{safe}'", editor => editor.ReplaceNode(name, (current, _) => SyntaxFactory.IdentifierName(safe).WithTriviaFrom(current)));

        string? loop = LibraryTypes.Is(method.ContainingType, LibraryTypes.EventLoop) ? access.Expression.ToString() : Loop(site, call);
        return loop is null
            ? null
            : new PlannedEdit($"Use '{loop}.CallSoonThreadSafe'", editor => editor.ReplaceNode(call, (current, _) =>
                SyntaxFactory.ParseExpression($"{loop}.CallSoonThreadSafe(() => {current.WithoutTrivia()})").WithTriviaFrom(current)));
    }

    private static bool IsResultUnused(InvocationExpressionSyntax call) => call.Parent is ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static string? Loop(FixSite site, SyntaxNode at) => site.Model.LookupSymbols(at.SpanStart)
        .FirstOrDefault(symbol => symbol switch
        {
            ILocalSymbol local => LibraryTypes.Is(local.Type, LibraryTypes.EventLoop) && local.Locations[0].SourceSpan.Start < at.SpanStart,
            IParameterSymbol parameter => LibraryTypes.Is(parameter.Type, LibraryTypes.EventLoop),
            IFieldSymbol field => LibraryTypes.Is(field.Type, LibraryTypes.EventLoop),
            _ => false,
        })?.Name;
}
