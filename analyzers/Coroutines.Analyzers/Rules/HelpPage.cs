namespace Coroutines.Analyzers.Rules;

/// <summary>Where the help of a rule is, relative to the root of the repository.</summary>
internal static class HelpPage
{
    /// <summary>One page per rule.</summary>
    public static string Of(string ruleId) => $"analyzers/rules/{ruleId}.md";

    /// <summary>The reasons for the compiler's lowering share a page, each with a heading.</summary>
    public static string OfReason(string ruleId) => $"analyzers/rules/CORO2xx.md#{ruleId.ToLowerInvariant()}";
}
