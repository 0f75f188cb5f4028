using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>Types as text, with the facts that survive the loss of the symbol.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Of(ITypeSymbol type) => type.ToDisplayString(s_format);

    public static VariableType Describe(ITypeSymbol type) => !CanBeNamed(type) && AnonymousTypes.Describe(type) is { } unnamed
        ? new("object", true, false, VisibilityOf(type), unnamed)
        : new(Of(type), !type.IsUnmanagedType, type.IsRefLikeType, VisibilityOf(type), Size: TypeSize.Of(type));

    /// <summary>Whether a variable can hold its values: it can be named, or restored from an object.</summary>
    public static bool CanBeKept(ITypeSymbol type) => CanBeNamed(type) || AnonymousTypes.Describe(type) is not null;

    /// <summary>Whether code can name the type at all: not anonymous, not file-local, not unsafe, not an error.</summary>
    public static bool CanBeNamed(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanBeNamed(array.ElementType),
        INamedTypeSymbol named => !named.IsAnonymousType && named.TypeKind != TypeKind.Error && !named.IsFileLocal
            && (named.ContainingType is null || CanBeNamed(named.ContainingType)) && named.TypeArguments.All(CanBeNamed),
        IDynamicTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol => false,
        _ => true,
    };

    /// <summary>Whether it is a type of the runtime, not nested.</summary>
    public static bool IsOurs(ITypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "Coroutines", ContainingNamespace.IsGlobalNamespace: true } } && type.ContainingAssembly?.Name == "Coroutines";

    public static Visibility VisibilityOf(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return VisibilityOf(array.ElementType);
            case INamedTypeSymbol named:
                var least = Visibility.Public;
                for (INamedTypeSymbol? at = named; at is not null; at = at.ContainingType)
                {
                    least = Least(least, at.DeclaredAccessibility switch
                    {
                        Accessibility.Public or Accessibility.NotApplicable => Visibility.Public,
                        Accessibility.Internal or Accessibility.ProtectedOrInternal => Visibility.Internal,
                        _ => Visibility.Private,
                    });
                    foreach (ITypeSymbol argument in at.TypeArguments) least = Least(least, VisibilityOf(argument));
                }
                return least;
            default:
                return Visibility.Public;
        }
    }

    public static Visibility Least(Visibility left, Visibility right) => left < right ? left : right;
}
