using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>What a file declares, in parts small enough that most edits of one concern few bodies.</summary>
internal sealed class FileDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileDeclarations> s_ofTree = new();

    private readonly List<(int Position, Fingerprint All)> _directives = [];
    private readonly Dictionary<SyntaxNode, string> _insides = [];
    private readonly Dictionary<MethodDeclarationSyntax, string> _names = [];
    private readonly Lazy<List<Declaration>> _all;

    private FileDeclarations(SyntaxTree tree)
    {
        SyntaxNode root = tree.GetRoot();
        for (DirectiveTriviaSyntax? directive = root.ContainsDirectives ? root.GetFirstDirective() : null; directive is not null; directive = directive.GetNextDirective())
            _directives.Add((directive.SpanStart, Before(directive.SpanStart).Then(Fingerprint.Of(directive.ToString()))));
        Origin = FileOutline.Of(tree).Origin;
        Itself = Words.Of(Origin);
        Name(root.DescendantNodes(OutlineText.IsContainer).OfType<MethodDeclarationSyntax>());
        _all = new(() => DeclarationReader.Read((CompilationUnitSyntax)root, tree.GetText().ToString(), this));
    }

    /// <inheritdoc cref="FileOutline.Origin"/>
    public string Origin { get; }

    /// <summary>The name of what the file says outside of types: everything in it mentions that.</summary>
    public ulong Itself { get; }

    /// <summary>Asked for only when something outside of bodies has changed.</summary>
    public IReadOnlyList<Declaration> All => _all.Value;

    public static FileDeclarations Of(SyntaxTree tree) => s_ofTree.GetValue(tree, static tree => new(tree));

    /// <summary>The whole name of a method of the file, with a number: of two that are the same in half-typed code, the second may have the error.</summary>
    public string NameOf(MethodDeclarationSyntax method) => _names[method];

    /// <summary>Of the directives in front of a place, which may go on behind it.</summary>
    public Fingerprint Before(int position)
    {
        int count = _directives.Count;
        while (count > 0 && _directives[count - 1].Position >= position) count--;
        return count == 0 ? default : _directives[count - 1].All;
    }

    /// <summary>The names around a declaration, each with a dot behind it.</summary>
    public string Around(SyntaxNode declaration)
    {
        if (declaration.Parent is not { } parent) return "";
        if (_insides.TryGetValue(parent, out string? known)) return known;
        string own = parent switch
        {
            BaseNamespaceDeclarationSyntax space => string.Concat(DeclarationReader.NamesOf(space).Select(name => name + ".")),
            TypeDeclarationSyntax type => type.Identifier.ValueText + ".",
            _ => "",
        };
        return _insides[parent] = Around(parent) + own;
    }

    private void Name(IEnumerable<MethodDeclarationSyntax> methods)
    {
        var known = new Dictionary<string, int>();
        foreach (MethodDeclarationSyntax method in methods)
        {
            string name = Around(method) + method.Identifier.ValueText;
            known[name] = known.TryGetValue(name, out int before) ? before + 1 : 0;
            _names.Add(method, $"{name}.{known[name]}");
        }
    }
}
