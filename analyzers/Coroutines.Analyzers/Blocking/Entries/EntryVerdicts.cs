using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Blocking.Entries;

/// <summary>Answers what is wrong with the entries of a program, once its symbols are known.</summary>
internal static class EntryVerdicts
{
    /// <summary>Entries that mean nothing, and why.</summary>
    public static IEnumerable<(Location Location, string Why)> Invalid(BlockingEntries entries, Compilation compilation)
    {
        foreach (var error in entries.Errors)
            yield return error;

        foreach (BlockingEntry entry in entries.All)
        {
            if (entry.Sign == EntrySign.Scanned)
                continue;
            if (Symbol(entry, compilation) is null && (entry.Location.IsInSource || HasType(entry.Id, compilation)))
                yield return (entry.Location, $"there is no '{entry.Id}' here");
            else if (entry.Sign == EntrySign.DoesNotBlock && entries.All.Any(other => other.Id == entry.Id && other.Sign == EntrySign.Blocks))
                yield return (entry.Location, $"another entry says that '{entry.Id}' blocks");
        }
    }

    /// <summary>Entries that say what is known, and how.</summary>
    public static IEnumerable<(Location Location, string Why)> Unnecessary(BlockingEntries entries, Compilation compilation)
    {
        foreach (BlockingEntry entry in entries.All)
        {
            if (entry.Sign == EntrySign.Scanned || Symbol(entry, compilation) is not { } symbol)
                continue;

            BlockingApi? row = BlockingApiLookup.FindInTable(symbol);
            if (entry.Sign == EntrySign.Blocks && entry.Advice is null && row?.Group.Kind == entry.Kind)
                yield return (entry.Location, "the table of the analyzers has this member");
            if (entry.Sign == EntrySign.DoesNotBlock && row is null && symbol.DeclaringSyntaxReferences.IsEmpty && entries.All.All(other => other.Id != entry.Id || other.Sign == entry.Sign))
                yield return (entry.Location, "nothing says that this member blocks");
        }
    }

    private static ISymbol? Symbol(BlockingEntry entry, Compilation compilation) => DocumentationCommentId.GetFirstSymbolForDeclarationId(entry.Id, compilation);

    /// <summary>A file may serve several projects, so a type that this one does not know is no mistake.</summary>
    private static bool HasType(string id, Compilation compilation)
    {
        int parameters = id.IndexOf('(');
        string name = parameters < 0 ? id : id.Substring(0, parameters);
        return DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + name.Substring(2, name.LastIndexOf('.') - 2), compilation) is not null;
    }
}
