using System.Globalization;

namespace Tour;

/// <summary>How many descriptors this process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>
    /// The limit in force. The .NET runtime raises the soft limit to the hard one when it starts, so there is nothing left to ask for:
    /// more is for the administrator to give (<c>ulimit -Hn</c>).
    /// </summary>
    public static int Limit()
    {
        const string Name = "Max open files";
        foreach (string line in File.ReadLines("/proc/self/limits"))
        {
            if (line.StartsWith(Name, StringComparison.Ordinal))
            {
                string soft = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
                return int.TryParse(soft, CultureInfo.InvariantCulture, out int limit) ? limit : int.MaxValue;
            }
        }

        return int.MaxValue;
    }
}
