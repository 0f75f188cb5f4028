using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers.Tests.Corpus;

/// <summary>A package of analyzers, with those of its rules that speak of asynchrony, blocking, cancellation, locks and threads: all of them switched on.</summary>
internal sealed record RulePack(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers, Func<string, bool> IsRelevant)
{
    public static RulePack Ours { get; } = new(
        "Coroutines",
        Instances(typeof(BlockingCallAnalyzer).Assembly),
        // Not the reasons why a coroutine is not generated, nor what is off by default.
        rule => !rule.StartsWith("CORO2", StringComparison.Ordinal) && rule != "CORO505");

    /// <summary>Rules that ask for <c>ConfigureAwait</c> are left out: on a loop they are wrong.</summary>
    public static IEnumerable<RulePack> Peers =>
    [
        new("CA (.NET SDK)", Load("NetAnalyzers", "Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll"),
            new HashSet<string> { "CA1001", "CA1031", "CA1835", "CA1844", "CA1849", "CA2000", "CA2002", "CA2008", "CA2012", "CA2016", "CA2025", "CA2213", "CA2247", "CA2250" }.Contains),
        new("VSTHRD", Load("VisualStudioThreading", "Microsoft.VisualStudio.Threading.Analyzers.dll", "Microsoft.VisualStudio.Threading.Analyzers.CSharp.dll"),
            rule => rule.StartsWith("VSTHRD", StringComparison.Ordinal) && rule is not ("VSTHRD111" or "VSTHRD200")),
        new("Meziantou", Load("Meziantou", "Meziantou.Analyzer.dll"),
            new HashSet<string>
            {
                "MA0022", "MA0032", "MA0040", "MA0042", "MA0045", "MA0064", "MA0079", "MA0080", "MA0100", "MA0129", "MA0134", "MA0147", "MA0155", "MA0158", "MA0167",
            }.Contains),
    ];

    private static ImmutableArray<DiagnosticAnalyzer> Load(string peer, params string[] files)
    {
        string folder = typeof(RulePack).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == $"Peer.{peer}").Value!;
        var context = new AssemblyLoadContext(peer);
        context.Resolving += (_, name) => File.Exists(Path.Combine(folder, name.Name + ".dll")) ? context.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
        return [.. files.SelectMany(file => Instances(context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(folder, file)))))];
    }

    private static ImmutableArray<DiagnosticAnalyzer> Instances(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && type is { IsAbstract: false, ContainsGenericParameters: false }
                && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is { } attribute && attribute.Languages.Contains(LanguageNames.CSharp))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .Where(analyzer => analyzer is not DiagnosticSuppressor),
    ];
}
