using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Blocking.Entries;

/// <summary>All that a program says by documentation ID, in files and attributes, with what is wrong in it.</summary>
internal sealed class BlockingEntries
{
    private const string Extension = ".blocking.txt";

    private readonly List<BlockingEntry> _entries = [];
    private readonly List<(Location Location, string Error)> _errors = [];

    public BlockingEntries(Compilation compilation, ImmutableArray<AdditionalText> files)
    {
        foreach (AdditionalText file in files)
            Read(file);
        if (compilation.GetTypeByMetadataName("Coroutines.BlockingApiAttribute") is { } attribute)
            Read(compilation.Assembly, attribute);
    }

    public IReadOnlyList<BlockingEntry> All => _entries;

    public IReadOnlyList<(Location Location, string Error)> Errors => _errors;

    public static ImmutableArray<AdditionalText> Files(ImmutableArray<AdditionalText> files) =>
        files.RemoveAll(file => !file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The rows by name and ID. Of several entries for one member the one with the stronger sign counts.</summary>
    public Dictionary<string, Dictionary<string, BlockingApi>> Rows() => _entries
        .OrderBy(entry => entry.Sign)
        .GroupBy(entry => new BlockingApi(entry.Id, BlockingGroup.Listed(entry.Kind, null)).Name)
        .ToDictionary(
            sameName => sameName.Key,
            sameName => sameName.GroupBy(entry => entry.Id).ToDictionary(sameId => sameId.Key, sameId => sameId.First().Api));

    private void Read(AdditionalText file)
    {
        if (file.GetText() is not { } text)
            return;

        foreach (TextLine line in text.Lines)
        {
            string content = line.ToString().Trim();
            if (content.Length == 0 || content[0] == '#')
                continue;

            var location = Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
            if (BlockingEntry.Parse(content, location, out string? error) is { } entry)
                _entries.Add(entry);
            else
                _errors.Add((location, error!));
        }
    }

    private void Read(IAssemblySymbol program, INamedTypeSymbol attribute)
    {
        foreach (AttributeData data in program.GetAttributes())
        {
            if (!SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute)
                || data.ConstructorArguments.Length != 1
                || data.ConstructorArguments[0].Value is not string id)
            {
                continue;
            }

            Location location = data.ApplicationSyntaxReference is { } syntax ? Location.Create(syntax.SyntaxTree, syntax.Span) : Location.None;
            string? advice = data.NamedArguments.FirstOrDefault(argument => argument.Key == "Instead").Value.Value as string;
            if (BlockingEntry.Parse(id, location, out string? error) is { Sign: EntrySign.Blocks } entry)
                _entries.Add(new BlockingEntry(EntrySign.Blocks, entry.Id, entry.Kind, advice, location));
            else
                _errors.Add((location, error ?? "a sign belongs in a '*.blocking.txt' file; here is the place of an ID"));
        }
    }
}
