using System.Globalization;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>
/// Names as numbers, so that all that a text mentions is found without a string for each. Comments and strings count as well, and different names with one number as the same name:
/// too much is mentioned then, never too little.
/// </summary>
internal static class Words
{
    /// <summary>Declared: concerns every method, whatever that mentions.</summary>
    public const ulong Everywhere = 1;

    /// <summary>Mentioned: may be any name.</summary>
    public const ulong Anything = 2;

    private const ulong Basis = 14695981039346656037, Prime = 1099511628211;

    public static ulong Of(string name)
    {
        ulong word = Basis;
        foreach (char c in name) word = unchecked((word ^ c) * Prime);
        return word;
    }

    public static void AddAll(string text, List<ulong> words)
    {
        ulong word = Basis;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c >= 0x80 ? IsPartOfName(c, words) : c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
            {
                word = unchecked((word ^ c) * Prime);
                continue;
            }
            if (word != Basis) words.Add(word);
            word = Basis;
            // An escape in a name, or only in a string.
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is 'u' or 'U') words.Add(Anything);
        }
        if (word != Basis) words.Add(word);
    }

    private static bool IsPartOfName(char c, List<ulong> words)
    {
        // The language leaves these out of names.
        if (char.GetUnicodeCategory(c) == UnicodeCategory.Format) words.Add(Anything);
        return true;
    }
}
