namespace Coroutines.Analyzers.Rules;

/// <summary>The categories under which rules can be configured together (<c>dotnet_analyzer_diagnostic.category-…</c>).</summary>
internal static class RuleCategory
{
    public const string Annotations = "Coroutines.Annotations";
    public const string Blocking = "Coroutines.Blocking";
    public const string Cancellation = "Coroutines.Cancellation";
    public const string Declaration = "Coroutines.Declaration";
    public const string Fairness = "Coroutines.Fairness";
    public const string Lifetime = "Coroutines.Lifetime";
    public const string Lowering = "Coroutines.Lowering";
    public const string Threads = "Coroutines.Threads";
}
