using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>A file without the bodies of its methods: all of it that can change what other bodies mean.</summary>
internal sealed class FileOutline
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> s_ofTree = new();

    private readonly Dictionary<MethodDeclarationSyntax, Fingerprint> _methods = [];

    private FileOutline(SyntaxTree tree)
    {
        string text = tree.GetText().ToString();
        SyntaxNode root = tree.GetRoot();
        var outline = new OutlineText(text);
        foreach (SyntaxNode node in root.DescendantNodesAndSelf(OutlineText.IsContainer))
        {
            if (node is MethodDeclarationSyntax method)
                _methods.Add(method, Fingerprint.Of(text, node.FullSpan.Start, node.FullSpan.End).Then(_methods.Count));
            outline.Enter(node);
        }
        var options = (CSharpParseOptions)tree.Options;
        Origin = $"{tree.FilePath}\0{options.LanguageVersion}\0{options.Kind}\0{string.Join("\0", options.PreprocessorSymbolNames)}\0{string.Join("\0", options.Features.Select(feature => $"{feature.Key}={feature.Value}"))}";
        All = Fingerprint.Of(outline.End(text.Length)).Then(Fingerprint.Of(Origin));
    }

    /// <summary>Where the file is, and how it is read.</summary>
    public string Origin { get; }

    public Fingerprint All { get; }

    public static FileOutline Of(SyntaxTree tree) => s_ofTree.GetValue(tree, static tree => new(tree));

    /// <summary>The text of a method, and which one of the file it is: with the same outline, the same one.</summary>
    public Fingerprint Of(MethodDeclarationSyntax method) => _methods[method];
}
