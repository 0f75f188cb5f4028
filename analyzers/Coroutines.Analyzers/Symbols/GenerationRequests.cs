using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Which coroutines the user insists on having generated: those that say so, or all of the project.</summary>
internal sealed class GenerationRequests(AnalyzerConfigOptions options)
{
    private const string Property = "build_property.CoroutinesRequireGenerated";
    private const string Argument = "RequireGenerated";

    private readonly bool _everywhere = options.TryGetValue(Property, out string? value) && bool.TryParse(value, out bool required) && required;

    public bool Cover(AttributeData attribute) =>
        _everywhere || attribute.NamedArguments.Any(argument => argument is { Key: Argument, Value.Value: true });

    /// <summary>Where the project lets generated code redirect calls.</summary>
    public static InterceptorNamespaces Namespaces(AnalyzerConfigOptions options) =>
        InterceptorNamespaces.Parse(options.TryGetValue(InterceptorNamespaces.Property, out string? listed) ? listed : null);
}
