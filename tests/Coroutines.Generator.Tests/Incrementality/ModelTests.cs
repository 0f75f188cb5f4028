using System.Collections;
using System.Reflection;
using Coroutines.Generator.Model;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Tests.Incrementality;

/// <summary>Models are values: equal for equal source, and nothing of the compiler can be reached from them.</summary>
public sealed class ModelTests
{
    private const string Body = """
        [Coroutine] public static async Coroutine Main()
        {
            object o = 1; int sum = 0;
            foreach (var x in new List<int> { 1, 2 }) { try { sum += await Later(x) * (await Is(true) ? 1 : 2); } catch (Exception e) when (e.Message == "") { Log(e); } finally { Log(sum); } }
            using var r = new System.IO.MemoryStream();
            switch (o) { case int n when n > 0: await Task.Yield(); break; default: await Text("a"); break; }
            for (int i = 0; i < await Later(3); i++) if (o is string s && await Is(s.Length == 2)) continue;
            int? q = null; q ??= await Later(4); Log(new Uri(await Text("http://a")) { });
            await Steps(2); EventLoop.Current.Spawn(Steps(3).AsCoroutine());
        }
        [Coroutine] public static IEnumerator<ILoopAwaitable?> Steps(int n) { for (int i = 0; i < n; i++) yield return null; yield return Later(n); }
        """;

    [Fact]
    public void Equal_source_gives_equal_models()
    {
        Assert.Equal(Models(Body), Models(Body));
        Assert.Equal(Models(Body).Select(m => m.GetHashCode()), Models(Body).Select(m => m.GetHashCode()));
    }

    [Theory]
    [InlineData("sum += await Later(x)", "sum -= await Later(x)")]
    [InlineData("case int n when n > 0", "case int n when n > 1")]
    [InlineData("catch (Exception e)", "catch (ArgumentException e)")]
    [InlineData("i < await Later(3)", "i <= await Later(3)")]
    [InlineData("int sum = 0", "long sum = 0")]
    public void A_real_edit_gives_unequal_models(string from, string to)
    {
        Assert.Contains(from, Body, StringComparison.Ordinal);
        Assert.NotEqual(Models(Body)[0], Models(Body.Replace(from, to, StringComparison.Ordinal))[0]);
    }

    [Fact]
    public void No_symbol_syntax_or_compilation_is_reachable()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var verdict in TestCompilation.Verdicts(TestCompilation.Create(BothLowerings.Source(Body)))) Walk(verdict, "verdict", seen);
        Assert.True(seen.Count > 100, "the walk must have seen the model");
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value)) return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location, $"{path} is a {value.GetType()}");
        if (value is IEnumerable items)
            foreach (object? item in items) Walk(item, path + "[]", seen);
        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), path + "." + field.Name, seen);
    }

    private static List<CoroutineModel> Models(string body) =>
        [.. TestCompilation.Verdicts(TestCompilation.Create(BothLowerings.Source(body))).Select(v => v.Model ?? throw new InvalidOperationException(v.Refusal!.Message))];
}
