using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>
/// Takes a file apart. Members of classes and interfaces are declarations of their own, but for those that the language finds without their names: these belong to their type, and
/// bodies reach them by its name, as all types of what they handle. Of a structure everything belongs together, since its fields are its size.
/// </summary>
internal sealed class DeclarationReader
{
    /// <summary>What statements and expressions use whose text does not name it.</summary>
    private static readonly HashSet<string> s_unnamed =
    [
        "GetAwaiter", "GetResult", "IsCompleted", "OnCompleted", "UnsafeOnCompleted", "GetEnumerator", "GetAsyncEnumerator", "MoveNext", "MoveNextAsync", "Current", "Dispose", "DisposeAsync",
        "Deconstruct", "Add", "Create", "Slice", "Length", "Count", "AppendLiteral", "AppendFormatted", "GetPinnableReference",
        "Cast", "Select", "SelectMany", "Where", "Join", "GroupJoin", "GroupBy", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending",
    ];

    private static readonly ulong[] s_everywhere = [Words.Everywhere];

    private readonly List<Declaration> _all = [];
    private readonly string _text;
    private readonly FileDeclarations _file;
    private readonly OutlineText _outside;

    private DeclarationReader(string text, FileDeclarations file) => (_text, _file, _outside) = (text, file, new(text));

    public static List<Declaration> Read(CompilationUnitSyntax root, string text, FileDeclarations file)
    {
        var reader = new DeclarationReader(text, file);
        reader.Members(root.Members);
        reader.Add([file.Itself], file.Origin + reader._outside.End(text.Length), root);
        string everywhere = string.Concat(root.Usings.Where(u => u.GlobalKeyword != default).Cast<SyntaxNode>().Concat(root.AttributeLists));
        if (everywhere.Length > 0) reader.Add([Words.Everywhere], everywhere, root);
        return reader._all;
    }

    private void Members(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
            {
                Add(NamesOf(space).Select(Words.Of), space.Name.ToString(), space);
                Members(space.Members);
                continue;
            }
            _outside.Skip(member.FullSpan.Start, member.FullSpan.End);
            Member(member);
        }
    }

    private void Member(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case ClassDeclarationSyntax or InterfaceDeclarationSyntax:
            case RecordDeclarationSyntax record when record.IsKind(SyntaxKind.RecordDeclaration):
                Type((TypeDeclarationSyntax)member);
                break;
            case StructDeclarationSyntax or EnumDeclarationSyntax or RecordDeclarationSyntax:
                Add(member.DescendantNodesAndSelf(OutlineText.IsWithMembers).OfType<MemberDeclarationSyntax>().SelectMany(NamesOf), OutlineText.Of(member, _text), member);
                break;
            case MethodDeclarationSyntax method:
                bool mayExtendAnything = IsUnnamed(method) && method.ParameterList.Parameters is [{ Modifiers.Count: > 0 }, ..];
                Add(mayExtendAnything ? s_everywhere.Concat(NamesOf(method)) : NamesOf(method), OutlineText.Of(method, _text), method);
                break;
            case PropertyDeclarationSyntax or EventDeclarationSyntax or BaseFieldDeclarationSyntax or DelegateDeclarationSyntax:
                Add(NamesOf(member), OutlineText.Of(member, _text), member);
                break;
            case BaseMethodDeclarationSyntax or IndexerDeclarationSyntax when member.Parent is TypeDeclarationSyntax:
                break;
            default:
                Add(s_everywhere, OutlineText.Of(member, _text), member);
                break;
        }
    }

    private void Type(TypeDeclarationSyntax type)
    {
        var header = new OutlineText(_text, type.SpanStart);
        header.Enter(type);
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (IsUnnamed(member)) header.Enter(member);
            else header.Skip(member.FullSpan.Start, member.FullSpan.End);
            Member(member);
        }
        Add(NamesOf(type), header.End(type.Span.End), type);
    }

    /// <summary>Where it stands is part of what it says, and mentioned.</summary>
    private void Add(IEnumerable<ulong> names, string text, SyntaxNode where)
    {
        string around = _file.Around(where);
        var mentions = new List<ulong> { _file.Itself };
        Words.AddAll(around, mentions);
        Words.AddAll(text, mentions);
        // What both the compiler and the generator find by its full name.
        bool isEverywhere = around.StartsWith("System.", StringComparison.Ordinal) || around.StartsWith("Microsoft.", StringComparison.Ordinal) || around.StartsWith("Coroutines.", StringComparison.Ordinal);
        _all.Add(new([.. isEverywhere ? names.Append(Words.Everywhere) : names], Fingerprint.Of(around).Then(Fingerprint.Of(text)).Then(_file.Before(where.SpanStart)), [.. mentions]));
    }

    private static bool IsUnnamed(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => s_unnamed.Contains(method.Identifier.ValueText),
        // An object is created without naming these, and must not be.
        PropertyDeclarationSyntax or FieldDeclarationSyntax when member.Modifiers.Any(SyntaxKind.RequiredKeyword) => true,
        PropertyDeclarationSyntax property => s_unnamed.Contains(property.Identifier.ValueText),
        _ => member is BaseMethodDeclarationSyntax or IndexerDeclarationSyntax,
    };

    public static IEnumerable<string> NamesOf(BaseNamespaceDeclarationSyntax space) =>
        space.Name.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);

    private static IEnumerable<ulong> NamesOf(MemberDeclarationSyntax member) => (member switch
    {
        RecordDeclarationSyntax record => [record.Identifier, .. record.ParameterList?.Parameters.Select(p => p.Identifier) ?? []],
        BaseTypeDeclarationSyntax type => [type.Identifier],
        MethodDeclarationSyntax method => [method.Identifier],
        PropertyDeclarationSyntax property => [property.Identifier],
        EventDeclarationSyntax @event => [@event.Identifier],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier),
        DelegateDeclarationSyntax @delegate => [@delegate.Identifier],
        EnumMemberDeclarationSyntax value => [value.Identifier],
        _ => Enumerable.Empty<SyntaxToken>(),
    }).SelectMany(name => Said(name.ValueText)).Select(Words.Of);

    /// <summary>Whoever says one of these may mean the name: an attribute, or something for which members would be generated that begin with its name and an underscore.</summary>
    private static IEnumerable<string> Said(string name)
    {
        yield return name;
        if (name.EndsWith("Attribute", StringComparison.Ordinal)) yield return name.Substring(0, name.Length - "Attribute".Length);
        for (int at = name.IndexOf('_', Math.Min(1, name.Length)); at > 0; at = name.IndexOf('_', at + 1)) yield return name.Substring(0, at);
    }
}
