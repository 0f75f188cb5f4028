namespace Coroutines.Analyzers.Blocking;

/// <summary>What members of the table have in common: a heading of it.</summary>
internal sealed class BlockingGroup
{
    private BlockingGroup(string name, BlockingKind kind, BlockingExemptions exemptions, BlockingFix fix, string advice)
    {
        Name = name;
        Kind = kind;
        Exemptions = exemptions;
        Fix = fix;
        Advice = advice;
    }

    private const string UseExecutor = "use 'await loop.RunInExecutor(…)'";

    /// <summary>Of a member that the program itself says blocks.</summary>
    public static BlockingGroup Listed(BlockingKind kind, string? advice) =>
        new("listed", kind, BlockingExemptions.None, BlockingFix.None, string.IsNullOrWhiteSpace(advice) ? UseExecutor : advice!);

    /// <summary>Of a member of which only a scan of its code says so; the advice tells what the scan has found.</summary>
    public static BlockingGroup Scanned(string? found) =>
        new("scanned", BlockingKind.Scanned, BlockingExemptions.None, BlockingFix.None, string.IsNullOrWhiteSpace(found) ? UseExecutor : found!);

    public string Name { get; }

    public BlockingKind Kind { get; }

    public BlockingExemptions Exemptions { get; }

    public BlockingFix Fix { get; }

    /// <summary>What to do instead: the end of the message.</summary>
    public string Advice { get; }

    /// <summary>Reads <c>[group | kind | exemptions | fix | advice]</c>; <c>-</c> stands for none.</summary>
    public static BlockingGroup Parse(string heading)
    {
        string[] parts = heading.Trim('[', ']').Split('|');
        if (parts.Length != 5)
            throw new FormatException($"A heading has five parts: '{heading}'.");

        return new BlockingGroup(
            parts[0].Trim(),
            Value<BlockingKind>(parts[1]),
            Value<BlockingExemptions>(parts[2]),
            Value<BlockingFix>(parts[3]),
            parts[4].Trim());
    }

    private static T Value<T>(string text)
        where T : struct, Enum => text.Trim() is "-" ? default : (T)Enum.Parse(typeof(T), text.Trim());
}
