using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Blocking.Entries;

/// <summary>What a program says about a member by its documentation ID: a line of a <c>*.blocking.txt</c> file, or a <c>[assembly: BlockingApi]</c>.</summary>
internal sealed class BlockingEntry(EntrySign sign, string id, BlockingKind kind, string? advice, Location location)
{
    private static readonly BlockingKind[] s_kinds = [BlockingKind.Park, BlockingKind.InputOutput, BlockingKind.Lock, BlockingKind.Minor, BlockingKind.Computation];

    public EntrySign Sign { get; } = sign;

    public string Id { get; } = id;

    public BlockingKind Kind { get; } = kind;

    public string? Advice { get; } = advice;

    public Location Location { get; } = location;

    public BlockingApi Api => Sign switch
    {
        EntrySign.DoesNotBlock => BlockingApi.NonBlocking,
        EntrySign.Scanned => new BlockingApi(Id, BlockingGroup.Scanned(Advice)),
        _ => new BlockingApi(Id, BlockingGroup.Listed(Kind, Advice)),
    };

    /// <summary>Reads <c>[-|?] ID [| kind] [| advice]</c>; what is wrong is told in <paramref name="error"/>.</summary>
    public static BlockingEntry? Parse(string line, Location location, out string? error)
    {
        EntrySign sign = line[0] switch { '-' => EntrySign.DoesNotBlock, '?' => EntrySign.Scanned, _ => EntrySign.Blocks };
        string[] parts = [.. (sign == EntrySign.Blocks ? line : line.Substring(1)).Split(['|'], 3).Select(part => part.Trim())];
        BlockingKind kind = BlockingKind.InputOutput;
        bool hasKind = parts.Length > 1 && Enum.TryParse(parts[1], out kind) && s_kinds.Contains(kind);
        error = !IsId(parts[0]) ? $"'{parts[0]}' is not the documentation ID of a method, property or event, as 'M:Vendor.Client.Send(System.String)'"
            : parts.Length == 3 && !hasKind ? $"'{parts[1]}' is not one of the kinds {string.Join(", ", s_kinds)}"
            : null;
        if (error is not null)
            return null;

        string? advice = parts.Length == 3 ? parts[2] : parts.Length == 2 && !hasKind ? parts[1] : null;
        return new BlockingEntry(sign, parts[0], hasKind ? kind : BlockingKind.InputOutput, advice, location);
    }

    public static bool IsId(string text) =>
        text.Length > 2 && text[0] is 'M' or 'P' or 'E' && text[1] == ':' && text.IndexOf('.') > 2 && text.IndexOf(' ') < 0;
}
