using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Coroutines.BlockingScan;

/// <summary>Names types as documentation IDs do.</summary>
internal sealed class TypeIds(MetadataReader metadata) : ISignatureTypeProvider<string, object?>
{
    /// <summary>The name of the type that declares a member; null for arrays and the like. Of a constructed type, its definition's.</summary>
    public string? Definition(EntityHandle parent)
    {
        switch (parent.Kind)
        {
            case HandleKind.TypeReference:
                return Name((TypeReferenceHandle)parent);
            case HandleKind.TypeDefinition:
                return Name((TypeDefinitionHandle)parent);
            case HandleKind.TypeSpecification:
                BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
                if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                    return null;
                signature.ReadCompressedInteger();
                return Definition(signature.ReadTypeHandle());
            default:
                return null;
        }
    }

    public string Name(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return Join(outer.IsNil ? metadata.GetString(type.Namespace) : Name(outer), metadata.GetString(type.Name));
    }

    public string Name(TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return Join(
            type.ResolutionScope.Kind == HandleKind.TypeReference ? Name((TypeReferenceHandle)type.ResolutionScope) : metadata.GetString(type.Namespace),
            metadata.GetString(type.Name));
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Name(handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Name(handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>The arguments stand where the definition has the number of its parameters: <c>Outer`1.Inner`1</c> becomes <c>Outer{A}.Inner{B}</c>.</summary>
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
    {
        int used = 0;
        return string.Join('.', genericType.Split('.').Select(part =>
        {
            int tick = part.IndexOf('`', StringComparison.Ordinal);
            if (tick < 0 || !int.TryParse(part[(tick + 1)..], out int count))
                return part;
            var arguments = typeArguments.Skip(used).Take(count);
            used += count;
            return $"{part[..tick]}{{{string.Join(',', arguments)}}}";
        }));
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{string.Join(',', Enumerable.Repeat("0:", shape.Rank))}]";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetByReferenceType(string elementType) => elementType + "@";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"``{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"`{index}";

    private static string Join(string around, string name) => around.Length == 0 ? name : $"{around}.{name}";
}
