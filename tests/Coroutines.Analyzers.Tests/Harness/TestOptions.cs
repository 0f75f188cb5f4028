using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>Build properties as analyzers see them.</summary>
internal sealed class TestOptions(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptionsProvider
{
    public static readonly TestOptions None = new(new Dictionary<string, string>());

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(values);

    public static TestOptions Property(string name, string value) =>
        new(new Dictionary<string, string> { [$"build_property.{name}"] = value });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
