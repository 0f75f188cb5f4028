using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Coroutines.CodeFixes;

/// <summary>
/// A fix that edits one document per finding. Fix All makes all edits of a document with one editor, so that findings inside
/// one another (<c>a.Wait(b.Result)</c>) are fixed together.
/// </summary>
public abstract class DocumentFixProvider : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await Fix(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var site = await FixSite.Create(context.Document, context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (Plan(site, diagnostic) is not { } edit)
                continue;

            context.RegisterCodeFix(
                CodeAction.Create(
                    edit.Title, cancellation => Fix(context.Document, [diagnostic], cancellation), equivalenceKey: diagnostic.Id),
                diagnostic);
        }
    }

    /// <summary>What to do about the finding; null where nothing mechanical is right.</summary>
    private protected abstract PlannedEdit? Plan(FixSite site, Diagnostic diagnostic);

    private async Task<Document> Fix(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var site = await FixSite.Create(document, cancellation).ConfigureAwait(false);
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
            Plan(site, diagnostic)?.Apply(editor);

        return editor.GetChangedDocument();
    }
}
