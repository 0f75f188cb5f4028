using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>The namespaces in which the compiler accepts interceptors: those the project lists, and what is nested in them.</summary>
public sealed record InterceptorNamespaces(EquatableArray<string> Listed)
{
    /// <summary>The build property that repeats <c>InterceptorsNamespaces</c>, separated by commas.</summary>
    public const string Property = "build_property.CoroutinesInterceptorsNamespaces";

    public static InterceptorNamespaces Parse(string? property) =>
        new((property ?? "").Split(',').Select(n => n.Trim()).Where(n => n.Length > 0).Distinct().ToEquatableArray());

    public bool Contains(string name) => Listed.Any(listed => name == listed || name.StartsWith(listed + ".", StringComparison.Ordinal));
}
