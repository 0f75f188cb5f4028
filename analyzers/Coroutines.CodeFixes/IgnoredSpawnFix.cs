using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Coroutines.CodeFixes;

/// <summary>
/// CORO402: spawns in the group that is at hand; where there is none, opens one around the body of the coroutine, which then waits for its children.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IgnoredSpawnFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LifetimeRules.IgnoredSpawnId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.NodeAt(diagnostic) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } spawn)
            return null;
        if (Group(site, spawn) is { } atHand)
            return new PlannedEdit($"Spawn in '{atHand}'", editor => SpawnIn(editor, spawn, access, atHand));
        if (FunctionSyntax.Body(FunctionSyntax.Around(spawn)) is not { Statements.Count: > 0 } body || !CanWait(body))
            return null;

        string group = BlockEdit.Unused("group", body);
        string type = site.NameOf(LibraryTypes.TaskGroup, body.SpanStart);
        bool ends = site.Model.AnalyzeControlFlow(body.Statements.First(), body.Statements.Last())!.EndPointIsReachable;
        return new PlannedEdit("Spawn in a group", editor =>
        {
            SpawnIn(editor, spawn, access, group);
            editor.ReplaceNode(body, (current, _) => OpenGroup((BlockSyntax)current, group, type, ends));
        });
    }

    private static void SpawnIn(SyntaxEditor editor, InvocationExpressionSyntax spawn, MemberAccessExpressionSyntax access, string group)
    {
        // "c.AsTask()" spawns what it is called on.
        bool isTask = access.Name.Identifier.ValueText != "Spawn";
        editor.ReplaceNode(spawn, (current, _) =>
        {
            var call = (InvocationExpressionSyntax)current;
            var coroutine = ((MemberAccessExpressionSyntax)call.Expression).Expression;
            return SyntaxFactory.InvocationExpression(
                    SyntaxFactory.ParseExpression($"{group}.Spawn"),
                    isTask ? SyntaxFactory.ArgumentList([SyntaxFactory.Argument(coroutine.WithoutTrivia())]) : call.ArgumentList)
                .WithTriviaFrom(call);
        });
    }

    /// <summary>Several findings of a function share one group.</summary>
    private static BlockSyntax OpenGroup(BlockSyntax body, string group, string type, bool ends)
    {
        string open = $"await using var {group} = new {type}();";
        if (body.Statements[0].ToString() == open)
            return body;

        body = BlockEdit.Prepend(body, open);
        return ends ? BlockEdit.Append(body, $"await {group}.Join();") : body;
    }

    /// <summary>A stream must not hold a group across its items, and a body with several ends would have to join at each.</summary>
    private static bool CanWait(BlockSyntax body) => !FunctionSyntax.Nodes(body).Any(node => node is ReturnStatementSyntax or YieldStatementSyntax);

    /// <summary>The innermost group that can be named here.</summary>
    private static string? Group(FixSite site, SyntaxNode at) => site.Model.LookupSymbols(at.SpanStart)
        .Where(symbol => symbol is ILocalSymbol or IParameterSymbol && symbol.Locations[0].SourceSpan.Start < at.SpanStart)
        .Where(symbol => LibraryTypes.Is((symbol as ILocalSymbol)?.Type ?? (symbol as IParameterSymbol)?.Type, LibraryTypes.TaskGroup))
        .OrderByDescending(symbol => symbol.Locations[0].SourceSpan.Start)
        .FirstOrDefault()?.Name;
}
