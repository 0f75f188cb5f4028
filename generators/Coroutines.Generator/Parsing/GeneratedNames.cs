using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Keeps generated names apart from the user's. A name that the method does not mention cannot change what its text means, whatever
/// it is declared as elsewhere; so only identifiers of the method itself count.
/// </summary>
internal static class GeneratedNames
{
    /// <summary><c>__</c>, unless an identifier of the method begins with it.</summary>
    public static string PrefixFor(MethodDeclarationSyntax method)
    {
        var identifiers = IdentifiersIn(method);
        string prefix = "__";
        for (int i = 1; identifiers.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)); i++)
            prefix = "__" + i.ToString(CultureInfo.InvariantCulture) + "_";
        return prefix;
    }

    public static HashSet<string> IdentifiersIn(SyntaxNode node) =>
        [.. node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];

    /// <summary>
    /// The frame's field for a parameter or local. Callers write the fields of parameters, so this depends on the name alone; what it appends
    /// keeps different names different. The frame's own members and the frame's own name contain two underscores, but for its methods.
    /// </summary>
    public static string FieldOf(string name) =>
        name.TrimEnd('_') is "MoveNext" or "TakeResult" or "Describe" or "BeginDispose" or "TokenOf" or "Iterate" || name.Contains("__") ? name + "_" : SignatureParser.Escape(name);

    /// <summary>What begins the names of all members generated for a method; among overloads with a number. No member of the user's has these names.</summary>
    public static string StemOf(IMethodSymbol method, int ordinal)
    {
        string stem = ordinal <= 1 ? method.Name : $"{method.Name}_{ordinal.ToString(CultureInfo.InvariantCulture)}";
        return StemOf(method, stem);
    }

    /// <param name="stem">What it would be if no member of the user's began with it.</param>
    public static string StemOf(IMethodSymbol method, string stem)
    {
        INamedTypeSymbol owner = method.ContainingType;
        while ((stem != method.Name && IsUsers(owner, stem)) || s_suffixes.Any(suffix => IsUsers(owner, stem + suffix))) stem += "_";
        return stem;
    }

    /// <summary>A class that a method may have any number of, by a number in its name.</summary>
    public static string NestedOf(INamedTypeSymbol owner, string name)
    {
        while (IsUsers(owner, name)) name += "_";
        return name;
    }

    private static readonly string[] s_suffixes = ["__Frame", "__Create", "__Iterate", "__MoveNext", "__Intercepted", "__Closure1", "__Accessors1"];

    // The compiler names the files of a generator by its type.
    private static readonly string s_generatedFolder = typeof(CoroutineGenerator).FullName!;

    /// <summary>Whoever looks at a compilation after the generator also meets the generated members.</summary>
    private static bool IsUsers(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).Any(member => !member.DeclaringSyntaxReferences.Any(reference => IsGenerated(reference.SyntaxTree.FilePath)));

    /// <summary>A folder of the user's may be called like that, or begin with it.</summary>
    private static bool IsGenerated(string path) =>
        path.EndsWith(".g.cs", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(path)) == s_generatedFolder;
}
