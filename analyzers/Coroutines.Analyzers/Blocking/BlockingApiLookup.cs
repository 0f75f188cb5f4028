using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Finds what is known of a member, or of what it overrides or implements: annotations first, then the table. The name decides nearly always, without
/// touching a symbol; IDs are computed once per member and compilation, misses included. Used from several threads at once.
/// </summary>
internal sealed class BlockingApiLookup
{
    private static readonly Dictionary<string, Dictionary<string, BlockingApi>> s_byName = BlockingTable.All
        .GroupBy(api => api.Name)
        .ToDictionary(sameName => sameName.Key, sameName => sameName.ToDictionary(api => api.Id));

    private static readonly Dictionary<string, BlockingApi> s_none = [];

    /// <summary>Several rules ask about the same members, so they share the answers.</summary>
    private static readonly ConditionalWeakTable<Compilation, BlockingApiLookup> s_ofCompilation = new();

    private readonly ConcurrentDictionary<ISymbol, BlockingApi?> _known = new(SymbolEqualityComparer.Default);
    private readonly BlockingAnnotations _annotations;

    private BlockingApiLookup(Compilation compilation) => _annotations = new BlockingAnnotations(compilation);

    public static BlockingApiLookup Of(Compilation compilation) => s_ofCompilation.GetValue(compilation, static compilation => new BlockingApiLookup(compilation));

    /// <summary>The row of a member that blocks; null if it does not, or nothing is known.</summary>
    public BlockingApi? Find(ISymbol member) => Known(member) is { } api && api != BlockingApi.NonBlocking ? api : null;

    /// <summary>Whether somebody vouches for the member, whatever it calls.</summary>
    public bool IsNonBlocking(ISymbol member) => Known(member) == BlockingApi.NonBlocking;

    private BlockingApi? Known(ISymbol member) => s_byName.ContainsKey(member.Name) || _annotations.CanBeOn(member)
        ? _known.GetOrAdd(member.OriginalDefinition, Search)
        : null;

    private BlockingApi? Search(ISymbol member)
    {
        if (!s_byName.TryGetValue(member.Name, out var sameName))
            sameName = s_none;
        for (ISymbol? declared = member; declared is not null; declared = Overridden(declared))
        {
            if (Row(declared, sameName) is { } row)
                return row;
        }

        return Implemented(member).Select(declared => Row(declared, sameName)).FirstOrDefault(row => row is not null);
    }

    private BlockingApi? Row(ISymbol member, Dictionary<string, BlockingApi> sameName)
    {
        if (_annotations.CanBeOn(member) && _annotations.Find(member.OriginalDefinition) is { } annotated)
            return annotated;
        return sameName.Count > 0 && member.OriginalDefinition.GetDocumentationCommentId() is { } id && sameName.TryGetValue(id, out BlockingApi? row) ? row : null;
    }

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
