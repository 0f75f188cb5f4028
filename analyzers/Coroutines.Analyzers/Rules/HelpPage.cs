namespace Coroutines.Analyzers.Rules;

/// <summary>Where the help of a rule is: one page per rule, relative to the root of the repository.</summary>
internal static class HelpPage
{
    public static string Of(string ruleId) => $"analyzers/docs/{ruleId}.md";
}
