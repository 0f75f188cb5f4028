using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Coroutines.Analyzers.Blocking.Entries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Finds what is known of a member, or of what it overrides or implements: annotations first, then what the program lists, then the table. The name decides nearly always, without
/// touching a symbol; IDs are computed once per member and compilation, misses included. Used from several threads at once.
/// </summary>
internal sealed class BlockingApiLookup
{
    private static readonly Dictionary<string, Dictionary<string, BlockingApi>> s_byName = BlockingTable.All
        .GroupBy(api => api.Name)
        .ToDictionary(sameName => sameName.Key, sameName => sameName.ToDictionary(api => api.Id));

    /// <summary>Several rules ask about the same members, so they share the answers.</summary>
    private static readonly ConditionalWeakTable<Compilation, BlockingApiLookup> s_ofCompilation = new();

    private readonly ConcurrentDictionary<ISymbol, BlockingApi?> _known = new(SymbolEqualityComparer.Default);
    private readonly BlockingAnnotations _annotations;
    private readonly ImmutableArray<AdditionalText> _files;
    private readonly Dictionary<string, Dictionary<string, BlockingApi>> _listed;

    private BlockingApiLookup(Compilation compilation, ImmutableArray<AdditionalText> files)
    {
        _annotations = new BlockingAnnotations(compilation);
        _files = files;
        Entries = new BlockingEntries(compilation, files);
        _listed = Entries.Rows();
    }

    public BlockingAnnotations Annotations => _annotations;

    /// <summary>What the program lists.</summary>
    public BlockingEntries Entries { get; }

    public static BlockingApiLookup Of(Compilation compilation, AnalyzerOptions options)
    {
        ImmutableArray<AdditionalText> files = BlockingEntries.Files(options.AdditionalFiles);
        BlockingApiLookup shared = s_ofCompilation.GetValue(compilation, compilation => new BlockingApiLookup(compilation, files));
        return shared._files.SequenceEqual(files) ? shared : new BlockingApiLookup(compilation, files);
    }

    /// <summary>The row of a member that blocks; null if it does not, or nothing is known.</summary>
    public BlockingApi? Find(ISymbol member) => Known(member) is { } api && api != BlockingApi.NonBlocking ? api : null;

    /// <summary>Whether somebody vouches for the member, whatever it calls.</summary>
    public bool IsNonBlocking(ISymbol member) => Known((member as IMethodSymbol)?.AssociatedSymbol ?? member) == BlockingApi.NonBlocking;

    /// <summary>What would be known of the member if the program said nothing.</summary>
    public static BlockingApi? FindInTable(ISymbol member) =>
        s_byName.TryGetValue(member.Name, out var sameName) ? Search(member, declared => Row(declared, sameName)) : null;

    private BlockingApi? Known(ISymbol member) => s_byName.ContainsKey(member.Name) || _listed.ContainsKey(member.Name) || _annotations.CanBeOn(member)
        ? _known.GetOrAdd(member.OriginalDefinition, Search)
        : null;

    private BlockingApi? Search(ISymbol member) => Search(member, Said);

    private static BlockingApi? Search(ISymbol member, Func<ISymbol, BlockingApi?> said)
    {
        for (ISymbol? declared = member; declared is not null; declared = Overridden(declared))
        {
            if (said(declared) is { } row && !IsReplaced(row, member, declared))
                return row;
        }

        return Implemented(member).Select(said).FirstOrDefault(row => row is not null);
    }

    /// <summary>What is asynchronous in name only is so by its own body, which an override does not have.</summary>
    private static bool IsReplaced(BlockingApi row, ISymbol member, ISymbol declared) =>
        row.Group.Kind == BlockingKind.FakeAsync && !SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, declared.OriginalDefinition);

    private BlockingApi? Said(ISymbol member)
    {
        if (_annotations.CanBeOn(member) && _annotations.Find(member.OriginalDefinition) is { } annotated)
            return annotated;
        if (_listed.TryGetValue(member.Name, out var sameName) && Row(member, sameName) is { } listed)
            return listed;
        return s_byName.TryGetValue(member.Name, out sameName) ? Row(member, sameName) : null;
    }

    private static BlockingApi? Row(ISymbol member, Dictionary<string, BlockingApi> sameName) =>
        member.OriginalDefinition.GetDocumentationCommentId() is { } id && sameName.TryGetValue(id, out BlockingApi? row) ? row : null;

    /// <summary>What a member overrides or implements, nearest first.</summary>
    public static IEnumerable<ISymbol> Bases(ISymbol member)
    {
        for (ISymbol? overridden = Overridden(member); overridden is not null; overridden = Overridden(overridden))
            yield return overridden;
        foreach (ISymbol implemented in Implemented(member))
            yield return implemented;
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
