using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Where a class of accessors stands: somewhere that every type of the member's signature can be named, and that has no type parameters but those which the
/// member's type has there too. Beside the coroutine's type is preferred; what is private can only be named inside of it.
/// </summary>
/// <param name="Depth">How many of the types around the coroutine it stands in.</param>
/// <param name="Around">The innermost of them, or the namespace.</param>
/// <param name="IsShared">The type parameters of the types around are those of the member's type, or of types around it.</param>
internal sealed record AccessorPlace(int Depth, INamespaceOrTypeSymbol Around, bool IsShared)
{
    public static AccessorPlace? Find(IMethodSymbol member, INamedTypeSymbol[] around, Compilation compilation)
    {
        ITypeParameterSymbol[] own = [.. TypeParameters(SignatureParser.Enclosing(member.ContainingType))];
        // A type parameter hidden by another of its name cannot be written.
        if (own.Select(p => p.Name).Distinct().Count() < own.Length) return null;
        ITypeSymbol[] mentioned = [member.ContainingType, member.ReturnType, .. member.Parameters.Select(p => p.Type), .. own.SelectMany(p => p.ConstraintTypes)];
        if (mentioned.Any(type => !TypeText.CanBeNamed(type))) return null;
        foreach (int depth in Enumerable.Range(1, around.Length).Reverse().Prepend(0))
        {
            INamedTypeSymbol? inside = depth == 0 ? null : around[depth - 1];
            ITypeParameterSymbol[] inherited = [.. TypeParameters(around.Take(depth))];
            if (inherited.SequenceEqual(own.Take(inherited.Length), SymbolEqualityComparer.Default) && mentioned.All(type => compilation.IsSymbolAccessibleWithin(type, (ISymbol?)inside ?? compilation.Assembly)))
                return new(depth, (INamespaceOrTypeSymbol?)inside ?? around[0].ContainingNamespace, inherited.Length > 0);
        }
        return null;
    }

    /// <summary>As the class declares them: those that it does not inherit.</summary>
    public string ParametersOf(INamedTypeSymbol owner)
    {
        ITypeParameterSymbol[] own = [.. TypeParameters(Own(owner))];
        return own.Length == 0 ? "" : $"<{string.Join(", ", own.Select(p => SignatureParser.Escape(p.Name)))}>{SignatureParser.Constraints(own)}";
    }

    /// <param name="owner">The type whose member is accessed, with its type arguments.</param>
    public string NameOf(string name, INamedTypeSymbol owner)
    {
        // In full: types around the coroutine's may have one of the same name in them.
        string inside = IsShared ? TypeText.Of(SignatureParser.Enclosing(owner).ElementAt(Depth - 1)) + "." : Around switch
        {
            INamespaceSymbol { IsGlobalNamespace: true } => "global::",
            var around => around.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".",
        };
        ITypeSymbol[] arguments = [.. Own(owner).SelectMany(type => type.TypeArguments)];
        return arguments.Length == 0 ? inside + name : $"{inside}{name}<{string.Join(", ", arguments.Select(TypeText.Of))}>";
    }

    private IEnumerable<INamedTypeSymbol> Own(INamedTypeSymbol owner) => SignatureParser.Enclosing(owner).Skip(IsShared ? Depth : 0);

    private static IEnumerable<ITypeParameterSymbol> TypeParameters(IEnumerable<INamedTypeSymbol> types) => types.SelectMany(type => type.TypeParameters);
}
