using System.Runtime.CompilerServices;
using System.Text;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Usings, namespaces and containing types around a method.</summary>
internal static class SourceContextParser
{
    /// <summary>Putting a file's usings in order costs as much as parsing a small body, and all coroutines of the file have the same.</summary>
    private static readonly ConditionalWeakTable<SyntaxNode, string> s_usings = new();

    public static SourceContext Parse(MethodDeclarationSyntax method, SemanticModel semantics)
    {
        var namespaces = new List<NamespacePart>();
        var types = new List<TypePart>();
        string usings = "";
        for (SyntaxNode? at = method.Parent; at is not null; at = at.Parent)
        {
            switch (at)
            {
                case TypeDeclarationSyntax type: types.Insert(0, new(Header(type))); break;
                case BaseNamespaceDeclarationSyntax space: namespaces.Insert(0, new(space.Name.ToString(), s_usings.GetValue(space, _ => Usings(space.Externs, space.Usings, semantics)))); break;
                case CompilationUnitSyntax unit: usings = s_usings.GetValue(unit, _ => Usings(unit.Externs, unit.Usings, semantics)); break;
            }
        }
        bool nullable = (semantics.GetNullableContext(method.SpanStart) & NullableContext.AnnotationsEnabled) != 0;
        return new(usings, namespaces.ToEquatableArray(), types.ToEquatableArray(), nullable);
    }

    private static string Header(TypeDeclarationSyntax type)
    {
        string keyword = type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record ? $"record {record.ClassOrStructKeyword.Text}" : type.Keyword.Text;
        string parameters = type.TypeParameterList is { } list ? "<" + string.Join(", ", list.Parameters.Select(p => $"{p.VarianceKeyword.Text} {p.Identifier.Text}".Trim())) + ">" : "";
        return $"partial {keyword} {type.Identifier.Text}{parameters}";
    }

    /// <summary>What a directive brings that names a file-local type is not mentioned by what is generated.</summary>
    private static string Usings(SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<UsingDirectiveSyntax> usings, SemanticModel semantics)
    {
        var text = new StringBuilder();
        foreach (ExternAliasDirectiveSyntax alias in externs) text.Append(alias.WithoutTrivia().NormalizeWhitespace()).Append('\n');
        foreach (UsingDirectiveSyntax directive in usings)
            if (directive.GlobalKeyword.RawKind == 0 && !FileLocalTypes.AreNamedIn(directive, semantics)) text.Append(directive.WithoutTrivia().NormalizeWhitespace()).Append('\n');
        return text.ToString();
    }
}
