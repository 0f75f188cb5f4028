using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>Text of a file without bodies, written while somebody goes through its nodes.</summary>
/// <remarks>
/// Left out is only what the language keeps to itself. So directives count, since those for nullability go on behind the body, and so do the bodies of structs with a primary
/// constructor: a parameter that one of them mentions is a field.
/// </remarks>
internal sealed class OutlineText(string text, int from = 0)
{
    private readonly StringBuilder _outline = new();
    private int _from = from;

    public static bool IsContainer(SyntaxNode node) => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    public static bool IsWithMembers(SyntaxNode node) => IsContainer(node) || node is EnumDeclarationSyntax;

    /// <summary>Of one node, without comments in front of it.</summary>
    public static string Of(SyntaxNode node, string text)
    {
        var outline = new OutlineText(text, node.SpanStart);
        if (!IsContainer(node)) outline.Enter(node);
        else foreach (SyntaxNode part in node.DescendantNodesAndSelf(IsContainer)) outline.Enter(part);
        return outline.End(node.Span.End);
    }

    /// <summary>What kinds of things there are is part of it: two texts with other bodies left out could look the same.</summary>
    public void Enter(SyntaxNode node)
    {
        _outline.Append('\0').Append(node.RawKind);
        if (node is not BaseMethodDeclarationSyntax { Parent: var type } function || ((SyntaxNode?)function.Body ?? function.ExpressionBody) is not { ContainsDirectives: false } body || IsKnownOutside(type)) return;
        Skip(body.FullSpan.Start, body.FullSpan.End);
    }

    /// <summary>Leaves out a part.</summary>
    public void Skip(int start, int end)
    {
        // What is left out ends with a comment behind it, and that may end behind the whole.
        if (start > _from) _outline.Append(text, _from, start - _from);
        _from = end;
    }

    public string End(int end)
    {
        Skip(end, end);
        return _outline.ToString();
    }

    private static bool IsKnownOutside(SyntaxNode? type) =>
        type is TypeDeclarationSyntax { ParameterList: not null } declaration && (declaration is StructDeclarationSyntax || declaration.IsKind(SyntaxKind.RecordStructDeclaration));
}
