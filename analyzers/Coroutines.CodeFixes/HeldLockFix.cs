using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>
/// CORO301: <c>Monitor.Enter(_gate); try { … } finally { Monitor.Exit(_gate); }</c> → <c>using (await _gate.Acquire()) { … }</c>, with a <c>LoopLock</c> in the field.
/// </summary>
/// <remarks>Only where the lock is a private field that nothing else uses, and each use is such a pair in async code: then no other thread can take it but by these.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HeldLockFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ThreadRules.HeldLockId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.NodeAt(diagnostic).Ancestors().OfType<TryStatementSyntax>().Select(LockPair.Of).FirstOrDefault(pair => pair is not null) is not { } found
            || site.Model.GetSymbolInfo(found.Lock, site.Cancellation).Symbol is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsReadOnly: true } field
            || field.ContainingType.DeclaringSyntaxReferences.Length != 1
            || Declaration(field, site) is not { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } variable
            || Pairs(site, field, variable) is not { } pairs)
        {
            return null;
        }

        string type = site.NameOf("LoopLock", declaration.SpanStart);
        return new PlannedEdit("Use a LoopLock", editor =>
        {
            editor.ReplaceNode(declaration, (current, _) => Declare((VariableDeclarationSyntax)current, type));
            foreach (LockPair pair in pairs)
                editor.ReplaceNode(pair.Block, (current, _) => pair.Replace((BlockSyntax)current));
        });
    }

    private static VariableDeclaratorSyntax? Declaration(IFieldSymbol field, FixSite site) =>
        field.DeclaringSyntaxReferences[0].GetSyntax(site.Cancellation) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } } variable
        && variable.SyntaxTree == site.Root.SyntaxTree
            ? variable
            : null;

    private static VariableDeclarationSyntax Declare(VariableDeclarationSyntax declaration, string type) => declaration
        .WithType(SyntaxFactory.ParseTypeName(type).WithTriviaFrom(declaration.Type))
        .WithVariables([declaration.Variables[0].WithInitializer(SyntaxFactory.EqualsValueClause(SyntaxFactory.ParseExpression("new()"))
            .WithEqualsToken(declaration.Variables[0].Initializer!.EqualsToken))]);

    /// <summary>The pairs that take and release the lock; null if something else uses it.</summary>
    private static List<LockPair>? Pairs(FixSite site, IFieldSymbol field, VariableDeclaratorSyntax variable)
    {
        var pairs = new List<LockPair>();
        foreach (SimpleNameSyntax name in variable.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name.Identifier.ValueText != field.Name || !SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name, site.Cancellation).Symbol, field))
                continue;
            if (name.Ancestors().OfType<BlockSyntax>().SelectMany(LockPair.In).FirstOrDefault(pair => pair.Uses(name)) is not { } pair || !AwaitSyntax.IsAllowedAt(pair.Lock))
                return null;
            if (pairs.All(known => known.Try != pair.Try))
                pairs.Add(pair);
        }

        return pairs;
    }
}
