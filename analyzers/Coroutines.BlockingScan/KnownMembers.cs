using Coroutines.Analyzers.Blocking;

namespace Coroutines.BlockingScan;

/// <summary>The members that are known to block: those of the table about which calling code says enough, and what was found so far.</summary>
internal sealed class KnownMembers
{
    private static readonly Dictionary<string, BlockingApi> s_table = BlockingTable.All.Where(IsPlain).ToDictionary(api => api.Id);

    private readonly Dictionary<string, string> _found = [];
    private readonly Dictionary<string, string> _foundIn = [];

    /// <summary>Of this program and its table: another one finds something else.</summary>
    public static string Version { get; } = typeof(KnownMembers).Module.ModuleVersionId.ToString();

    /// <summary>All that was found in an assembly, as one text.</summary>
    public string FoundIn(string assembly) => _foundIn.GetValueOrDefault(assembly, "");

    public void Add(ScannedAssembly assembly, string[] found)
    {
        _foundIn[assembly.Name] = string.Join('\n', found);
        foreach (string line in found)
            _found[line.Split(' ')[1]] = "";
    }

    /// <summary>Whether a call of the member blocks.</summary>
    /// <param name="id">The documentation ID of what is called.</param>
    /// <param name="pollsWithZero">Whether the last argument is the constant zero.</param>
    /// <param name="asksForCompletion">Whether the calling method looks whether a task has completed.</param>
    public bool Blocks(string id, bool pollsWithZero, bool asksForCompletion)
    {
        if (_found.ContainsKey(id))
            return true;
        return s_table.TryGetValue(id, out BlockingApi? api)
            && !(pollsWithZero && api.Group.Exemptions.HasFlag(BlockingExemptions.ZeroTimeout))
            && !(asksForCompletion && api.Group.Kind == BlockingKind.TaskWait);
    }

    /// <summary>
    /// Locks, the console and computation are left out: nearly every library has them. So is what depends on the stream it is called on: a parser that reads from memory would be
    /// on the list of everybody.
    /// </summary>
    private static bool IsPlain(BlockingApi api) =>
        api.Group.Kind is BlockingKind.Park or BlockingKind.InputOutput or BlockingKind.TaskWait or BlockingKind.ForkJoin
        && !api.Group.Exemptions.HasFlag(BlockingExemptions.InMemory)
        && !api.Group.Exemptions.HasFlag(BlockingExemptions.InMemoryQuery);
}
