using System.Reflection.Metadata;

namespace Coroutines.BlockingScan;

/// <summary>Gives methods their documentation IDs, by which the table and the analyzers know them.</summary>
internal sealed class MemberIds
{
    private readonly MetadataReader _metadata;
    private readonly TypeIds _types;
    private readonly Dictionary<EntityHandle, string?> _known = [];
    private readonly HashSet<string> _own = [];

    public MemberIds(MetadataReader metadata)
    {
        _metadata = metadata;
        _types = new TypeIds(metadata);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            if (Of(handle) is { } id)
                _own.Add(id);
        }
    }

    /// <summary>Whether the assembly itself has the method.</summary>
    public bool IsOwn(string id) => _own.Contains(id);

    /// <summary>The ID of a method, whether it is defined here or elsewhere; null for what has none, as the methods of arrays.</summary>
    public string? Of(EntityHandle method)
    {
        if (!_known.TryGetValue(method, out string? id))
            _known.Add(method, id = Find(method));
        return id;
    }

    public string? Of(MethodDefinitionHandle method) => Of((EntityHandle)method);

    /// <summary>The ID under which people know the method: an accessor is a property or an event.</summary>
    public static string Named(string id)
    {
        int parameters = id.IndexOf('(', StringComparison.Ordinal);
        int name = id.LastIndexOf('.', parameters < 0 ? id.Length - 1 : parameters) + 1;
        string member = id[name..];
        foreach (var (prefix, kind) in new[] { ("get_", 'P'), ("set_", 'P'), ("add_", 'E'), ("remove_", 'E') })
        {
            if (member.StartsWith(prefix, StringComparison.Ordinal))
            {
                // An indexer has its parameters; other accessors that have one take the value.
                bool isIndexer = member.StartsWith("get_Item(", StringComparison.Ordinal);
                return $"{kind}{id[1..name]}{(isIndexer ? member[4..] : member[prefix.Length..].Split('(')[0])}";
            }
        }

        return id;
    }

    /// <summary>Type and member, without namespace and parameters.</summary>
    public static string Short(string id)
    {
        string name = Named(id)[2..].Split('(')[0];
        string[] parts = name.Split('.');
        string type = parts.Length > 1 ? parts[^2].Split('`')[0] : "";
        return parts[^1] == "#ctor" ? $"new {type}" : $"{type}.{parts[^1].Split('`')[0]}";
    }

    private string? Find(EntityHandle method)
    {
        switch (method.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition definition = _metadata.GetMethodDefinition((MethodDefinitionHandle)method);
                return Id(_types.Name(definition.GetDeclaringType()), definition.Name, definition.DecodeSignature(_types, null));
            case HandleKind.MemberReference:
                MemberReference reference = _metadata.GetMemberReference((MemberReferenceHandle)method);
                return reference.GetKind() == MemberReferenceKind.Method && _types.Definition(reference.Parent) is { } type
                    ? Id(type, reference.Name, reference.DecodeMethodSignature(_types, null))
                    : null;
            case HandleKind.MethodSpecification:
                return Of(_metadata.GetMethodSpecification((MethodSpecificationHandle)method).Method);
            default:
                return null;
        }
    }

    private string Id(string type, StringHandle name, MethodSignature<string> signature)
    {
        string member = _metadata.GetString(name).Replace('.', '#');
        string arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
        string parameters = signature.ParameterTypes.Length > 0 ? $"({string.Join(',', signature.ParameterTypes)})" : "";
        string result = member is "op_Implicit" or "op_Explicit" ? $"~{signature.ReturnType}" : "";
        return $"M:{type}.{member}{arity}{parameters}{result}";
    }
}
