using System.Collections.Immutable;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// The table of members that block, read from the text files in <c>Tables</c>: those of the framework, and those of packages that
/// a program may or may not reference. To report one more member, add its line there; nothing else changes.
/// </summary>
/// <remarks>
/// A heading <c>[group | kind | exemptions | fix | advice]</c> holds for the lines below it; a line is a type, an indented line
/// one of its members. Type and member together are a documentation ID, cut after the type because thousands begin alike.
/// </remarks>
internal static class BlockingTable
{
    private const string Resources = "Coroutines.Analyzers.Blocking.Tables.";

    public static readonly ImmutableArray<BlockingApi> Framework = Read("Framework");
    public static readonly ImmutableArray<BlockingApi> Packages = Read("Packages");

    public static IEnumerable<BlockingApi> All => Framework.Concat(Packages);

    private static ImmutableArray<BlockingApi> Read(string folder)
    {
        var rows = ImmutableArray.CreateBuilder<BlockingApi>();
        var assembly = typeof(BlockingTable).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith($"{Resources}{folder}.", StringComparison.Ordinal))
                continue;

            using var lines = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            rows.AddRange(Parse(lines));
        }

        return rows.ToImmutable();
    }

    internal static IEnumerable<BlockingApi> Parse(TextReader lines)
    {
        BlockingGroup? group = null;
        string type = "";
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0)
                continue;
            if (line[0] == '[')
                group = BlockingGroup.Parse(line);
            else if (line[0] != ' ')
                type = line;
            else if (group is null || type.Length == 0)
                throw new FormatException($"No heading or type above '{line}'.");
            else
                yield return new BlockingApi($"{line[2]}:{type}.{line.Substring(4)}", group);
        }
    }
}
