using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Tests.Blocking;
using Coroutines.Analyzers.Tests.Harness;
using Coroutines.Analyzers.Transitive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary>Members of the table, behind a helper, a property and a <c>Dispose</c>. Which ones is drawn by a seed, so a failure can be repeated.</summary>
public sealed class EveryBlockingMemberReachTests
{
    private const int Drawn = 200;

    private static BlockingApi[] Draw(int seed)
    {
        BlockingApi[] blocking = [.. BlockingTable.Framework.Where(api => BlockingRanks.Of(api.Group.Kind) != BlockingRank.Never)];
        new Random(seed).Shuffle(blocking);
        return blocking[..Drawn];
    }

    [Fact]
    public async Task They_are_found_through_a_helper_a_property_and_a_disposal()
    {
        var (helpers, methods) = await GeneratedCalls.Compile(Draw(seed: 5), "internal static int", "return 0;");
        var (found, missing) = (new HashSet<string>(), new List<string>());
        Compilation compilation = helpers.AddSyntaxTrees(Coroutines(methods.Keys, helpers));
        Analysis.AssertCompiles(compilation);
        foreach (Diagnostic diagnostic in await Analysis.Run(compilation, new TransitiveBlockingAnalyzer()))
            found.Add($"{MethodAround(diagnostic)} {diagnostic.Id}");

        Assert.Equal(Drawn, methods.Count);
        foreach (var (method, api) in methods)
        {
            foreach (string expected in new[] { $"Call{method} CORO105", $"Read{method} CORO106", $"Dispose{method} CORO106" })
            {
                if (!found.Contains(expected))
                    missing.Add($"{expected}: {api.Id}");
            }
        }

        Assert.Empty(missing);
    }

    private static SyntaxTree Coroutines(IEnumerable<string> methods, Compilation compilation) => Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
        "using Coroutines;\n" + string.Concat(methods.Select(method => $$"""
            class Of{{method}} : System.IDisposable
            {
                public int Value => Calls.{{method}}();
                public void Dispose() => Calls.{{method}}();
            }

            static class Run{{method}}
            {
                static async Coroutine Call{{method}}() { Calls.{{method}}(); await Coroutine.Yield(); }
                static async Coroutine Read{{method}}(Of{{method}} of) { int n = of.Value; await Coroutine.Yield(); }
                static async Coroutine Dispose{{method}}() { using var of = new Of{{method}}(); await Coroutine.Yield(); }
            }

            """)),
        (Microsoft.CodeAnalysis.CSharp.CSharpParseOptions)compilation.SyntaxTrees.First().Options);

    private static string MethodAround(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan)
        .AncestorsAndSelf().OfType<MethodDeclarationSyntax>().First().Identifier.ValueText;
}
