using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>
/// Members of the framework that run a delegate on the caller's thread: before they return or, for queries, when the caller takes the elements. Whatever is
/// not here may run its delegate anywhere, and so is a boundary: executors, threads, timers and the pool among them.
/// </summary>
internal static class InlineCallbacks
{
    private static readonly Dictionary<string, string[]> s_byType = new()
    {
        ["System.Linq.Enumerable"] = [],
        ["System.Linq.ImmutableArrayExtensions"] = [],
        ["System.Collections.Immutable.ImmutableInterlocked"] = [],
        ["System.Threading.LazyInitializer"] = [],
        ["System.Array"] = [],
        ["System.MemoryExtensions"] = [],
        ["System.String"] = ["Create"],
        ["System.Collections.Generic.List`1"] = ["ConvertAll", "Exists", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "ForEach", "RemoveAll", "Sort", "TrueForAll"],
        ["System.Collections.Generic.HashSet`1"] = ["RemoveWhere"],
        ["System.Collections.Generic.SortedSet`1"] = ["RemoveWhere"],
        ["System.Collections.Immutable.ImmutableList`1"] = ["ConvertAll", "Exists", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "ForEach", "RemoveAll", "TrueForAll"],
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = ["AddOrUpdate", "GetOrAdd"],
        ["System.Runtime.CompilerServices.ConditionalWeakTable`2"] = ["GetOrAdd", "GetValue"],
        ["System.Text.RegularExpressions.Regex"] = ["Replace"],
        ["System.Threading.ExecutionContext"] = ["Run"],
    };

    private static readonly HashSet<string> s_names = [.. s_byType.Keys.Select(type => type.Substring(type.LastIndexOf('.') + 1))];

    public static bool Accept(IMethodSymbol method) =>
        method.ContainingType is { } type
        && s_names.Contains(type.OriginalDefinition.MetadataName)
        && s_byType.TryGetValue($"{type.ContainingNamespace.ToDisplayString()}.{type.OriginalDefinition.MetadataName}", out string[] members)
        && (members.Length == 0 || members.Contains(method.Name));
}
