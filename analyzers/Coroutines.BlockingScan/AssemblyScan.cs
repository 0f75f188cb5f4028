using System.Reflection;
using System.Reflection.Metadata;

namespace Coroutines.BlockingScan;

/// <summary>
/// Finds the visible members of an assembly whose code leads to a blocking member. Follows calls as they are written: a virtual one to the method it names, a delegate not at all. So code
/// behind <c>await</c>, in iterators and in callbacks does not count.
/// </summary>
internal sealed class AssemblyScan(ScannedAssembly assembly, KnownMembers known)
{
    private readonly MetadataReader _metadata = assembly.Metadata;
    private readonly MemberIds _ids = new(assembly.Metadata);

    /// <summary>Lines of a <c>*.blocking.txt</c>, in the order of the IDs.</summary>
    public IEnumerable<string> Find()
    {
        var callers = new Dictionary<string, List<string>>();
        var way = new Dictionary<string, string>();
        var found = new Queue<string>();
        foreach (MethodDefinitionHandle handle in _metadata.MethodDefinitions)
        {
            if (assembly.Body(_metadata.GetMethodDefinition(handle)) is not { } body || _ids.Of(handle) is not { } caller)
                continue;

            IReadOnlyList<CallInstruction> calls = [.. CallInstructions.In(body, _ids)];
            bool asksForCompletion = calls.Any(call => call.Id.Contains(".get_IsCompleted", StringComparison.Ordinal));
            foreach (CallInstruction call in calls)
            {
                if (known.Blocks(MemberIds.Named(call.Id), call.PollsWithZero, asksForCompletion))
                {
                    if (way.TryAdd(caller, call.Id))
                        found.Enqueue(caller);
                }
                else if (_ids.IsOwn(call.Id))
                {
                    if (!callers.TryGetValue(call.Id, out var list))
                        callers.Add(call.Id, list = []);
                    list.Add(caller);
                }
            }
        }

        while (found.TryDequeue(out string? callee))
        {
            foreach (string caller in callers.GetValueOrDefault(callee, []))
            {
                if (way.TryAdd(caller, callee))
                    found.Enqueue(caller);
            }
        }

        return _metadata.MethodDefinitions
            .Where(IsVisible)
            .Select(handle => _ids.Of(handle))
            .Where(id => id is not null && way.ContainsKey(id))
            .Select(id => $"? {MemberIds.Named(id!)} | a scan of its code says so: {Way(id!, way)}")
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    private static string Way(string from, Dictionary<string, string> way)
    {
        var stations = new List<string> { MemberIds.Short(from) };
        while (way.TryGetValue(from, out string? next))
        {
            stations.Add(MemberIds.Short(next));
            from = next;
        }

        return string.Join(" → ", stations);
    }

    private bool IsVisible(MethodDefinitionHandle handle)
    {
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        if ((method.Attributes & MethodAttributes.MemberAccessMask) is not (MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem))
            return false;

        for (TypeDefinitionHandle type = method.GetDeclaringType(); !type.IsNil; type = _metadata.GetTypeDefinition(type).GetDeclaringType())
        {
            if ((_metadata.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem))
                return false;
        }

        return true;
    }
}
