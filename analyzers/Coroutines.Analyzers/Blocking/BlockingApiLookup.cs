using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Finds the row of a member, or of what it overrides or implements. The name decides nearly always, without touching a symbol;
/// IDs are computed once per member and compilation, misses included. Used from several threads at once.
/// </summary>
internal sealed class BlockingApiLookup
{
    private static readonly Dictionary<string, Dictionary<string, BlockingApi>> s_byName = BlockingTable.All
        .GroupBy(api => api.Name)
        .ToDictionary(sameName => sameName.Key, sameName => sameName.ToDictionary(api => api.Id));

    /// <summary>Several rules ask about the same members, so they share the answers.</summary>
    private static readonly ConditionalWeakTable<Compilation, BlockingApiLookup> s_ofCompilation = new();

    private readonly ConcurrentDictionary<ISymbol, BlockingApi?> _known = new(SymbolEqualityComparer.Default);

    public static BlockingApiLookup Of(Compilation compilation) => s_ofCompilation.GetValue(compilation, static _ => new BlockingApiLookup());

    public BlockingApi? Find(ISymbol member) =>
        s_byName.TryGetValue(member.Name, out var sameName)
            ? _known.GetOrAdd(member.OriginalDefinition, original => FindById(original, sameName))
            : null;

    private static BlockingApi? FindById(ISymbol member, Dictionary<string, BlockingApi> sameName)
    {
        for (ISymbol? declared = member; declared is not null; declared = Overridden(declared))
        {
            if (Row(declared, sameName) is { } row)
                return row;
        }

        return Implemented(member).Select(declared => Row(declared, sameName)).FirstOrDefault(row => row is not null);
    }

    private static BlockingApi? Row(ISymbol member, Dictionary<string, BlockingApi> sameName) =>
        member.OriginalDefinition.GetDocumentationCommentId() is { } id && sameName.TryGetValue(id, out BlockingApi? row) ? row : null;

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol @event => @event.OverriddenEvent,
        _ => null,
    };

    /// <summary>Explicit implementations are left out: a call names the interface's own member.</summary>
    private static IEnumerable<ISymbol> Implemented(ISymbol member) =>
        member.IsStatic || member.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type
            ? []
            : type.AllInterfaces
                .SelectMany(implemented => implemented.GetMembers(member.Name))
                .Where(declared => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared), member));
}
