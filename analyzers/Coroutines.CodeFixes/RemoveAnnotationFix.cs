using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Coroutines.CodeFixes;

/// <summary>CORO701, CORO702, CORO703: removes an attribute that means nothing, is wrong, or says what is known. Lines of files are left to their author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveAnnotationFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [AnnotationRules.InvalidId, AnnotationRules.ContradictedId, AnnotationRules.UnnecessaryId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (!diagnostic.Location.IsInSource || site.NodeAt(diagnostic).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return null;

        string name = attribute.Name.ToString();
        return new PlannedEdit($"Remove [{name}]", editor => Remove(editor, attribute));
    }

    private static void Remove(SyntaxEditor editor, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
            editor.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia);
        else
            editor.ReplaceNode(list.Parent!, (declaration, _) => Without(declaration, list.ToString()));
    }

    /// <summary>The list goes with its last attribute. What stands before it, comments and the indentation, now stands before what follows.</summary>
    private static SyntaxNode Without(SyntaxNode declaration, string text)
    {
        AttributeListSyntax? list = declaration.ChildNodes().OfType<AttributeListSyntax>().FirstOrDefault(list => list.ToString() == text);
        if (list is null)
            return declaration;

        SyntaxToken next = list.GetLastToken().GetNextToken();
        SyntaxNode tracked = declaration.TrackNodes(list);
        SyntaxNode moved = tracked.ReplaceToken(
            tracked.GetCurrentNode(list)!.GetLastToken().GetNextToken(), next.WithLeadingTrivia(list.GetLeadingTrivia()));
        return moved.RemoveNode(moved.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
