using System.Globalization;

namespace Coroutines.Differential;

/// <summary>How much the random tests try, and from where: what the environment says.</summary>
internal static class Settings
{
    public static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
