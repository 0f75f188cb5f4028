using System.Runtime.CompilerServices;

namespace Coroutines.Tests;

/// <summary>Line numbers of the tests' own source, for what names lines.</summary>
internal static class SourceLines
{
    /// <summary>The first line of the caller's file that contains <paramref name="text"/>. Put the text together from pieces, so that the call itself is not found.</summary>
    public static int LineOf(string text, [CallerFilePath] string file = "") =>
        Array.FindIndex(File.ReadAllLines(file), line => line.Contains(text, StringComparison.Ordinal)) + 1;
}
