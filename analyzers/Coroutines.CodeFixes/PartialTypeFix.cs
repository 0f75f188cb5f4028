using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>
/// CORO408: adds <c>partial</c> to the type and to every type around it. All are in one document, because what is not
/// partial has one declaration.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PartialTypeFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.NonPartialTypeId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        SyntaxNode declaration = site.NodeAt(diagnostic);
        return new PlannedEdit("Make the type partial", editor =>
        {
            foreach (TypeDeclarationSyntax type in declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
                editor.ReplaceNode(type, (current, _) => AddPartial((TypeDeclarationSyntax)current));
        });
    }

    /// <summary>Fix All comes here several times for a type around others, hence the first line.</summary>
    private static TypeDeclarationSyntax AddPartial(TypeDeclarationSyntax type)
    {
        if (type.Modifiers.Any(SyntaxKind.PartialKeyword))
            return type;

        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Any())
            return type.WithModifiers(type.Modifiers.Add(partial));

        // The keyword no longer comes first: what stood before it (after the attributes) now stands before 'partial'.
        return type
            .WithKeyword(type.Keyword.WithLeadingTrivia())
            .WithModifiers([partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)]);
    }
}
