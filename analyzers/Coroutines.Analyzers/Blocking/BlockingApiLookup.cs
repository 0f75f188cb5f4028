using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Finds the row of a member. The name decides nearly always, without touching a symbol; IDs are computed once per member and
/// compilation, misses included. Used from several threads at once.
/// </summary>
internal sealed class BlockingApiLookup
{
    private static readonly ILookup<string, BlockingApi> s_byName = BlockingApis.All.ToLookup(api => api.Name);

    /// <summary>Several rules ask about the same members, so they share the answers.</summary>
    private static readonly ConditionalWeakTable<Compilation, BlockingApiLookup> s_ofCompilation = new();

    private readonly ConcurrentDictionary<ISymbol, BlockingApi?> _known = new(SymbolEqualityComparer.Default);

    public static BlockingApiLookup Of(Compilation compilation) => s_ofCompilation.GetValue(compilation, static _ => new BlockingApiLookup());

    public BlockingApi? Find(ISymbol member) =>
        s_byName.Contains(member.Name) ? _known.GetOrAdd(member.OriginalDefinition, FindById) : null;

    private static BlockingApi? FindById(ISymbol member)
    {
        string? id = member.GetDocumentationCommentId();
        return s_byName[member.Name].FirstOrDefault(api => api.Id == id);
    }
}
