using System.Runtime.CompilerServices;
using Coroutines.CodeFixes;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Coroutines.Analyzers.Tests.Rules;

public sealed class RuleTests
{
    /// <summary>The reasons for the compiler's lowering are not among them: they share a page.</summary>
    public static TheoryData<string> Ids => [.. Descriptors().Select(rule => rule.Id).Except(Reasons())];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_help_page_that_names_it(string id)
    {
        DiagnosticDescriptor rule = Descriptors().Single(rule => rule.Id == id);
        Assert.Equal($"analyzers/rules/{id}.md", rule.HelpLinkUri);
        string page = File.ReadAllText(Path.Combine(Root(), rule.HelpLinkUri));
        Assert.StartsWith($"# {id}: ", page);
        Assert.Contains($"| Default severity | {Severity(rule)} |", page);
        Assert.Contains($"| Category | {rule.Category} |", page);
        Assert.Contains($"dotnet_diagnostic.{id}.severity", page);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_stands_in_the_table_of_the_readme_with_its_severity(string id)
    {
        DiagnosticDescriptor rule = Descriptors().Single(rule => rule.Id == id);
        string line = Assert.Single(
            File.ReadLines(Path.Combine(Root(), "analyzers/README.md")),
            line => line.StartsWith($"| [{id}](rules/{id}.md)", StringComparison.Ordinal));
        Assert.Equal(Severity(rule), line.Split('|')[3].Trim());
    }

    [Fact]
    public void Every_reason_for_the_compiler_s_lowering_has_a_heading_on_their_page()
    {
        string[] page = File.ReadAllLines(Path.Combine(Root(), "analyzers/rules/CORO2xx.md"));
        Assert.Equal(Reasons().Order().Select(id => $"## {id}"), page.Where(line => line.StartsWith("## CORO", StringComparison.Ordinal)));
        Assert.All(
            Descriptors().Where(rule => Reasons().Contains(rule.Id)),
            rule => Assert.Equal($"analyzers/rules/CORO2xx.md#{rule.Id.ToLowerInvariant()}", rule.HelpLinkUri));
    }

    [Fact]
    public void Every_fix_is_for_a_rule_that_exists() =>
        Assert.Empty(Instances<CodeFixProvider>(typeof(DocumentFixProvider))
            .SelectMany(fix => fix.FixableDiagnosticIds)
            .Except(Descriptors().Select(rule => rule.Id)));

    private static IEnumerable<DiagnosticDescriptor> Descriptors() =>
        Instances<DiagnosticAnalyzer>(typeof(BlockingCallAnalyzer))
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(rule => rule.Id)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal);

    private static IEnumerable<string> Reasons() => Refusals.All.Concat(CallRefusals.All).Select(reason => reason.Id);

    private static IEnumerable<T> Instances<T>(Type ofAssembly) => ofAssembly.Assembly.GetTypes()
        .Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (T)Activator.CreateInstance(type)!);

    private static string Severity(DiagnosticDescriptor rule) => !rule.IsEnabledByDefault ? "off" : rule.DefaultSeverity.ToString().ToLowerInvariant();

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
