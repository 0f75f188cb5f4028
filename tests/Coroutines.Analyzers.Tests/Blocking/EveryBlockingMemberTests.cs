using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Coroutines.Analyzers.Tests.Blocking;

/// <summary>The whole table against the compiler: each member is called in a coroutine of its own, and must be found there.</summary>
public sealed class EveryBlockingMemberTests
{
    private static readonly (BlockingMemberAnalyzer Analyzer, BlockingKind[] Kinds)[] s_rules =
    [
        (new BlockingCallAnalyzer(), [BlockingKind.Park, BlockingKind.InputOutput, BlockingKind.Lock, BlockingKind.Minor, BlockingKind.Scanned]),
        (new SyncOverAsyncAnalyzer(), [BlockingKind.TaskWait]),
        (new ForeignWaitAnalyzer(), [BlockingKind.Foreign]),
        (new FakeAsyncAnalyzer(), [BlockingKind.FakeAsync]),
        (new ForkJoinAnalyzer(), [BlockingKind.ForkJoin]),
        (new HeavyComputationAnalyzer(), [BlockingKind.Computation]),
        (new OffLoopCallbackAnalyzer(), [BlockingKind.LeavesLoop, BlockingKind.OwnThread]),
    ];

    [Fact]
    public async Task Every_member_of_the_framework_is_found_where_a_coroutine_uses_it()
    {
        var (compilation, methods) = await Generated.Value;
        var found = new HashSet<string>();
        foreach (var (analyzer, _) in s_rules)
        {
            foreach (Diagnostic diagnostic in await Analysis.Run(compilation, analyzer))
                found.Add(MethodAround(diagnostic));
        }

        Assert.Empty(methods.Where(method => !found.Contains(method.Key)).Select(method => method.Value.Id));
    }

    [Fact]
    public async Task Each_kind_is_one_rule_s()
    {
        var (compilation, methods) = await Generated.Value;
        foreach (var (analyzer, kinds) in s_rules)
        {
            foreach (Diagnostic diagnostic in await Analysis.Run(compilation, analyzer))
            {
                BlockingApi api = methods[MethodAround(diagnostic)];
                Assert.True(kinds.Contains(api.Group.Kind), $"{analyzer.GetType().Name} reports {api.Id}");
            }
        }

        Assert.Equal(Enum.GetValues<BlockingKind>(), s_rules.SelectMany(rule => rule.Kinds).Order());
    }

    [Fact]
    public async Task Ordinary_code_may_use_every_member()
    {
        var (compilation, _) = await Ordinary.Value;
        foreach (var (analyzer, _) in s_rules)
            Assert.Empty(await Analysis.Run(compilation, analyzer));
    }

    private static readonly Lazy<Task<(Compilation, Dictionary<string, BlockingApi>)>> Generated =
        new(() => GeneratedCalls.Compile(BlockingTable.Framework, "static async global::Coroutines.Coroutine", "await global::Coroutines.Coroutine.Yield();"));

    private static readonly Lazy<Task<(Compilation, Dictionary<string, BlockingApi>)>> Ordinary =
        new(() => GeneratedCalls.Compile(BlockingTable.Framework, "static void", ""));

    private static string MethodAround(Diagnostic diagnostic)
    {
        var node = diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan);
        return node.AncestorsAndSelf().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>().First().Identifier.ValueText;
    }
}
