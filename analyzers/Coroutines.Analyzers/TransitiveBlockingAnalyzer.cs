using System.Collections.Concurrent;
using System.Collections.Immutable;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Coroutines.Analyzers.Transitive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO105, CORO106, CORO107: a coroutine runs a function of the program that blocks, by itself or through others.</summary>
/// <remarks>
/// Every file is read once, by itself. What can be told from the file alone is reported at once, so that editors show it while the code is
/// typed; the rest when all files have been read.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TransitiveBlockingAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        TransitiveRules.CallInProgram, TransitiveRules.MemberInProgram, TransitiveRules.SomeTargets, TransitiveRules.Call.InFile, TransitiveRules.Member.InFile,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation) is not { } symbols)
                return;

            var program = new Program(symbols, BlockingApiLookup.Of(start.Compilation));
            start.RegisterSemanticModelAction(program.ReadFile);
            start.RegisterCompilationEndAction(program.End);
        });
    }

    /// <summary>What has been read of one compilation.</summary>
    private sealed class Program(CoroutineSymbols symbols, BlockingApiLookup apis)
    {
        private readonly ConcurrentDictionary<SyntaxTree, (FileFacts Facts, BlockingSite[] Reported)> _files = new();

        public void ReadFile(SemanticModelAnalysisContext context)
        {
            FileFacts facts = FileReader.Read(context.SemanticModel, symbols, apis, context.CancellationToken);
            // Only what other files cannot make better or worse.
            BlockingSite[] certain = [.. BlockingSites.In([facts], overrides: null).Where(site => site.Rank == BlockingRank.Blocks)];
            _files[facts.Tree] = (facts, certain);
            foreach (BlockingSite site in certain)
                context.ReportDiagnostic(Describe(site, RuleOf(site).InFile));
        }

        public void End(CompilationAnalysisContext context)
        {
            FileFacts[] files = [.. _files.Values.Select(file => file.Facts)];
            var overrides = new OverrideIndex(files.SelectMany(file => file.Types), context.Compilation);
            foreach (BlockingSite site in BlockingSites.In(files, overrides))
            {
                if (_files[site.Tree].Reported.All(reported => reported.Span != site.Span))
                    context.ReportDiagnostic(Describe(site, site.Rank == BlockingRank.SomeTargets ? TransitiveRules.SomeTargets : RuleOf(site).InProgram));
            }
        }

        private static TransitiveRule RuleOf(BlockingSite site) => site.Manner == CallManner.Call ? TransitiveRules.Call : TransitiveRules.Member;

        private static Diagnostic Describe(BlockingSite site, DiagnosticDescriptor rule) => Diagnostic.Create(
            rule,
            site.Location,
            site.Rank == BlockingRank.Seldom ? DiagnosticSeverity.Info : rule.DefaultSeverity,
            additionalLocations: null,
            properties: null,
            site.Path[0],
            site.Coroutine,
            string.Join(" → ", site.Path));
    }
}
