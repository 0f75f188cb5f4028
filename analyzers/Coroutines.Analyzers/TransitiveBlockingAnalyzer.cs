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
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is not { } symbols)
                return;

            var program = new Program(ProgramFacts.Of(symbols, BlockingApiLookup.Of(start.Compilation, start.Options)));
            start.RegisterSemanticModelAction(program.ReadFile);
            start.RegisterCompilationEndAction(program.End);
        });
    }

    /// <summary>What has been reported of one compilation.</summary>
    private sealed class Program(ProgramFacts facts)
    {
        private readonly ConcurrentDictionary<SyntaxTree, BlockingSite[]> _reported = new();

        public void ReadFile(SemanticModelAnalysisContext context)
        {
            FileFacts file = facts.Read(context.SemanticModel, context.CancellationToken);
            FunctionFacts[] coroutines = file.Coroutines;
            // Only what other files cannot make better or worse.
            BlockingSite[] certain = coroutines.Length == 0
                ? []
                : [.. BlockingSites.In(coroutines, CallGraph.Solved([file], overrides: null)).Where(site => site.Rank == BlockingRank.Blocks)];
            _reported[file.Tree] = certain;
            foreach (BlockingSite site in certain)
                context.ReportDiagnostic(Describe(site, RuleOf(site).InFile));
        }

        public void End(CompilationAnalysisContext context)
        {
            FunctionFacts[] coroutines = [.. facts.Files.SelectMany(file => file.Coroutines)];
            if (coroutines.Length == 0)
                return;

            foreach (BlockingSite site in BlockingSites.In(coroutines, facts.Graph(context.Compilation)))
            {
                if (_reported[site.Tree].All(reported => reported.Span != site.Span))
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
