using System.Runtime.CompilerServices;


namespace Coroutines.Analyzers.Tests.Corpus;

/// <summary>
/// A few lines of the corpus, in a file below <c>Bad</c> or <c>Clean</c>: after a line <c>--- what it is</c> the statements of a coroutine, or, after <c>members:</c>, members of a class.
/// </summary>
internal sealed record Snippet(string Name, bool IsBad, string Code)
{
    public static IReadOnlyList<Snippet> All { get; } = [.. Read("Bad", isBad: true), .. Read("Clean", isBad: false)];

    /// <summary>A file of its own in a namespace of its own, so that one compilation holds them all.</summary>
    public string Source(int number) => Code.Replace("using Coroutines;\n", $"using Coroutines;\nnamespace Snippet{number};\n", StringComparison.Ordinal);

    /// <summary>With an ordinary async method in the place of the coroutine, for rules that know only these.</summary>
    public string OrdinarySource(int number) => Source(number)
        .Replace("static async Coroutine Run(", "static async Task Run(", StringComparison.Ordinal)
        .Replace("static async Coroutine<int> Run(", "static async Task<int> Run(", StringComparison.Ordinal);

    private static IEnumerable<Snippet> Read(string folder, bool isBad)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Folder(), folder), "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (string part in File.ReadAllText(file).Split("--- ", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = part.TrimEnd('\n').Split('\n');
                string name = $"{folder}/{Path.GetFileNameWithoutExtension(file)}: {lines[0]}";
                yield return new Snippet(name, isBad, lines[1] == "members:"
                    ? Harness.Source.InClass(string.Join('\n', lines.Skip(2)))
                    : Harness.Source.InCoroutine(string.Join('\n', lines.Skip(1))));
            }
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
