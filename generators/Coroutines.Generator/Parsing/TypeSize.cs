using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Estimates how many bytes a value takes in a frame, on 64-bit systems: from the fields of a structure, which the runtime packs by size. Reference assemblies hide the fields of some
/// structures of the framework, so those are listed; a type parameter counts as a reference.
/// </summary>
internal static class TypeSize
{
    public const int Reference = 8;

    private static readonly Dictionary<string, int> s_hidden = new()
    {
        ["System.DateTime"] = 8,
        ["System.TimeSpan"] = 8,
        ["System.DateTimeOffset"] = 16,
        ["System.DateOnly"] = 4,
        ["System.TimeOnly"] = 8,
        ["System.Guid"] = 16,
        ["System.Decimal"] = 16,
        ["System.Int128"] = 16,
        ["System.UInt128"] = 16,
        ["System.Half"] = 2,
        ["System.Range"] = 8,
        ["System.Index"] = 4,
        ["System.Threading.CancellationToken"] = 8,
        ["System.Memory`1"] = 16,
        ["System.ReadOnlyMemory`1"] = 16,
        ["System.ArraySegment`1"] = 16,
        ["System.Runtime.CompilerServices.TaskAwaiter"] = 8,
        ["System.Runtime.CompilerServices.TaskAwaiter`1"] = 8,
        ["System.Runtime.CompilerServices.ValueTaskAwaiter"] = 16,
    };

    public static int Of(ITypeSymbol type) => type switch
    {
        { IsReferenceType: true } or ITypeParameterSymbol => Reference,
        INamedTypeSymbol { EnumUnderlyingType: { } underlying } => Of(underlying),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Packed([1, Of(nullable.TypeArguments[0])]),
        INamedTypeSymbol named => Primitive(named.SpecialType) ?? (s_hidden.TryGetValue(MetadataName(named), out int hidden) ? hidden : Fields(named)),
        _ => Reference,
    };

    /// <summary>Values side by side: what is smaller than a word shares words.</summary>
    public static int Packed(IEnumerable<int> sizes)
    {
        int small = 0, whole = 0, largest = 1;
        foreach (int size in sizes)
        {
            if (size < Reference) small += size;
            else whole += Up(size, Reference);
            largest = Math.Max(largest, size);
        }
        return Up(small, whole > 0 ? Reference : Math.Min(Alignment(largest), 4)) + whole;
    }

    private static int Fields(INamedTypeSymbol type)
    {
        var sizes = type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst).Select(f => f.Type.Equals(type, SymbolEqualityComparer.Default) ? 0 : Of(f)).ToList();
        return sizes.Count == 0 ? 1 : Packed(Repeated(type) is { } length ? [sizes[0] * length] : sizes);
    }

    private static int Of(IFieldSymbol field) =>
        field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol elements } ? Of(elements.PointedAtType) * field.FixedSize : Of(field.Type);

    /// <summary>How often an inline array has its one field.</summary>
    private static int? Repeated(INamedTypeSymbol type) => type.GetAttributes()
        .FirstOrDefault(a => a.AttributeClass is { } attribute && MetadataName(attribute) == "System.Runtime.CompilerServices.InlineArrayAttribute")?.ConstructorArguments is [{ Value: int length }] ? length : null;

    private static int Alignment(int size) => size >= 4 ? 4 : size >= 2 ? 2 : 1;

    private static int Up(int size, int alignment) => (size + alignment - 1) / alignment * alignment;

    private static string MetadataName(INamedTypeSymbol type) => $"{type.ContainingNamespace?.ToDisplayString()}.{type.MetadataName}";

    private static int? Primitive(SpecialType type) => type switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => 8,
        _ => null,
    };
}
