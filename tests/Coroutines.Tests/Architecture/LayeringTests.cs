using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Coroutines.Tests.Architecture;

/// <summary>Folders of the runtime use only those below them, so that each can be understood without those above.</summary>
public partial class LayeringTests
{
    /// <summary>From the bottom to the top. The files beside the folders, the loop itself, are one layer with the tasks it runs.</summary>
    private static readonly string[][] s_layers = [["Common"], ["Scheduling"], ["Timers"], ["Reactors"], ["Tasks", ".", "Executors", "Signals"], ["Sync"], ["Groups"], ["Streams"], ["Processes", "Files", "Http"], ["Diagnostics"]];

    [Fact]
    public void A_folder_names_no_type_of_a_folder_above_it()
    {
        var files = Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(Source(), path), Text: WithoutComments(File.ReadAllText(path))))
            .Where(file => !file.Path.StartsWith("obj", StringComparison.Ordinal) && !file.Path.StartsWith("bin", StringComparison.Ordinal))
            .Select(file => (file.Path, file.Text, Layer: LayerOf(file.Path)))
            .ToList();
        Assert.True(files.Count > 40, "The source files were not found.");

        var violations =
            from upper in files
            from Match declaration in Declaration().Matches(upper.Text)
            let type = declaration.Groups["name"].Value
            from lower in files
            where lower.Layer < upper.Layer && Regex.IsMatch(lower.Text, $@"\b{type}\b") && !files.Any(file => file.Layer <= lower.Layer && Declares(file.Text, type))
            select $"{lower.Path} uses {type} of {upper.Path}";
        Assert.Empty(violations.Distinct().Order());
    }

    [Fact]
    public void Every_folder_has_a_place_in_the_order()
    {
        var known = s_layers.SelectMany(layer => layer).Concat(["bin", "obj", "buildTransitive"]).ToHashSet();
        Assert.All(Directory.EnumerateDirectories(Source()).Select(Path.GetFileName), folder => Assert.Contains(folder!, known));
    }

    private static bool Declares(string text, string type) =>
        Declaration().Matches(text).Any(declaration => declaration.Groups["name"].Value == type);

    private static int LayerOf(string path)
    {
        string folder = path.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path.Split(Path.DirectorySeparatorChar)[0] : ".";
        int layer = Array.FindIndex(s_layers, folders => folders.Contains(folder));
        return layer >= 0 ? layer : s_layers.Length;
    }

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Coroutines"));

    [GeneratedRegex(@"//[^\n]*|""(\\.|[^""\n])*""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(class|struct|interface|enum)\s+(?<name>[A-Z]\w+)")]
    private static partial Regex Declaration();
}
