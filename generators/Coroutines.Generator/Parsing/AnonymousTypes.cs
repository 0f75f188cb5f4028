using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>Describes reference types that only anonymous types keep from being named.</summary>
internal static class AnonymousTypes
{
    /// <summary>Null where that is not possible: a value kept as an object could not be changed in place, so the type must be no value type.</summary>
    public static UnnamedType? Describe(ITypeSymbol type)
    {
        if (!type.IsReferenceType || type is ITypeParameterSymbol) return null;
        var anonymous = new List<ITypeSymbol>();
        if (Pattern(type, anonymous) is not { } pattern || anonymous.Count == 0) return null;
        var examples = anonymous.Select(Example).ToList();
        return examples.Contains(null) ? null : new(pattern, examples.Select(example => $"false ? {example} : null").ToEquatableArray());
    }

    private static string? Pattern(ITypeSymbol type, List<ITypeSymbol> anonymous)
    {
        if (TypeText.CanBeNamed(type)) return TypeText.Of(type);
        switch (type)
        {
            case INamedTypeSymbol { IsAnonymousType: true, TypeKind: not TypeKind.Delegate }:
                int index = anonymous.FindIndex(known => SymbolEqualityComparer.Default.Equals(known, type));
                if (index < 0) anonymous.Add(type);
                return $"{{{(index < 0 ? anonymous.Count - 1 : index)}}}";
            case IArrayTypeSymbol { Rank: 1 } array:
                return Pattern(array.ElementType, anonymous) is { } element ? element + "[]" : null;
            case INamedTypeSymbol { IsFileLocal: false, IsTupleType: false, TypeKind: not TypeKind.Error } named:
                var arguments = named.TypeArguments.Select(argument => Pattern(argument, anonymous)).ToList();
                if (arguments.Contains(null) || named.ContainingType is { IsGenericType: true }) return null;
                string open = TypeText.Of(named.OriginalDefinition);
                return named.Arity == 0 ? null : $"{open.Substring(0, open.LastIndexOf('<'))}<{string.Join(", ", arguments)}>";
            default:
                return null;
        }
    }

    /// <summary>Anonymous types of one assembly with the same members, in the same order, are one type. The type of a lambda that no delegate of the framework fits has no members to tell.</summary>
    private static string? Example(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate) return null;
        var members = type.GetMembers().OfType<IPropertySymbol>().Select(member => (member.Name, Value: Value(member.Type))).ToList();
        return members.Any(member => member.Value is null) ? null : $"new {{ {string.Join(", ", members.Select(member => $"{SignatureParser.Escape(member.Name)} = {member.Value}"))} }}";
    }

    private static string? Value(ITypeSymbol type) =>
        type is IDynamicTypeSymbol || TypeText.CanBeNamed(type) ? $"default({TypeText.Of(type)})" : type.IsAnonymousType ? Example(type) : null;
}
