using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>A file without the bodies of its methods: all of it that can change what other bodies mean.</summary>
/// <remarks>
/// Left out is only what the language keeps to itself. So directives count, since those for nullability go on behind the body, and so do the bodies of structs with a primary
/// constructor: a parameter that one of them mentions is a field.
/// </remarks>
internal sealed class FileOutline
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> s_ofTree = new();

    private readonly Dictionary<MethodDeclarationSyntax, int> _ordinals = [];

    private FileOutline(SyntaxTree tree)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string text = tree.GetText().ToString();
        int from = 0;
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodesAndSelf(IsContainer))
        {
            if (node is MethodDeclarationSyntax method)
                _ordinals.Add(method, _ordinals.Count);
            Append($"\0{node.RawKind}");
            if (node is not BaseMethodDeclarationSyntax { Parent: var type } function || ((SyntaxNode?)function.Body ?? function.ExpressionBody) is not { ContainsDirectives: false } body || IsKnownOutside(type)) continue;
            Append(text.Substring(from, body.FullSpan.Start - from));
            from = body.FullSpan.End;
        }
        Append(text.Substring(from));
        Append(tree.FilePath);
        var options = (CSharpParseOptions)tree.Options;
        Append($"\0{options.LanguageVersion}\0{options.Kind}\0{string.Join("\0", options.PreprocessorSymbolNames)}\0{string.Join("\0", options.Features.Select(feature => $"{feature.Key}={feature.Value}"))}");
        Hash = hash.GetHashAndReset();

        void Append(string part) => hash.AppendData(Encoding.Unicode.GetBytes(part));
    }

    public byte[] Hash { get; }

    public static FileOutline Of(SyntaxTree tree) => s_ofTree.GetValue(tree, static tree => new(tree));

    /// <summary>Which of the methods of the file it is: with the same outline, the same one.</summary>
    public int OrdinalOf(MethodDeclarationSyntax method) => _ordinals[method];

    private static bool IsContainer(SyntaxNode node) => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    private static bool IsKnownOutside(SyntaxNode? type) =>
        type is TypeDeclarationSyntax { ParameterList: not null } declaration && (declaration is StructDeclarationSyntax || declaration.IsKind(SyntaxKind.RecordStructDeclaration));
}
