using Microsoft.CodeAnalysis;

namespace Coroutines.CodeFixes;

/// <summary>The document a fix works on, as it is before any edit.</summary>
internal sealed class FixSite
{
    private FixSite(SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        Root = root;
        Model = model;
        Cancellation = cancellation;
    }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public CancellationToken Cancellation { get; }

    public static async Task<FixSite> Create(Document document, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return new FixSite(root!, model!, cancellation);
    }

    public SyntaxNode NodeAt(Diagnostic diagnostic) =>
        Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The shortest name that means the library's type there.</summary>
    public string NameOf(string libraryType, int position) =>
        Model.Compilation.GetTypeByMetadataName("Coroutines." + libraryType)!.ToMinimalDisplayString(Model, position);
}
