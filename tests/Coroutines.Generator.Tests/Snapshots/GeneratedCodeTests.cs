using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Tests.Snapshots;

/// <summary>Generated code as a reader sees it. That it also runs is the business of the execution tests.</summary>
public sealed class GeneratedCodeTests
{
    [Theory]
    [InlineData("Straight", "int a = 1; string s = \"x\"; await Coroutine.Yield(); Log(a + s);")]
    [InlineData("Loop", "for (int i = 0; i < 3; i++) { if (i == 1) continue; await Coroutine.Yield(); Log(i); }")]
    [InlineData("Try", "try { await Coroutine.Yield(); Log(1); } catch (Exception e) { Log(e.Message); } finally { Log(2); }")]
    [InlineData("Filter", "try { await Later(1); } catch (Exception e) when (e.Message.Length > 0) { Log(e.Message); }")]
    [InlineData("Catch", "try { Log(1); } catch (ArgumentException e) when (e.Message == \"a\") { await Coroutine.Yield(); Log(e.Message); throw; } catch { Log(2); }")]
    [InlineData("Finally", "for (int i = 0; i < 3; i++) { try { await Coroutine.Yield(); if (i == 1) continue; if (i == 2) return; Log(i); } finally { await Coroutine.Yield(); Log(\"left\"); } }")]
    [InlineData("AwaitForEach", "await foreach (var x in Stream()) Log(x); static async IAsyncEnumerable<int> Stream() { await Task.Yield(); yield return 1; }")]
    [InlineData("Closure", "int a = 1; for (int i = 0; i < 2; i++) { int own = i; Func<int> f = () => own + a; await Coroutine.Yield(); Log(f() + Add(own)); } int Add(int b) => a + b;")]
    [InlineData("Child", "int n = await Later(1); Log(n); await Later(2);")]
    [InlineData("Read", "await foreach (int x in Numbers(1)) { if (x == 1) break; Log(x); }")]
    [InlineData("Spill", "int[] a = [1, 2]; Log(Math.Max(a[0]++, await Later(1)) + a[1]);")]
    [InlineData("Awaiter", "string s = await Task.FromResult(\"a\"); Log(s);")]
    public void Body(string name, string body) => Verify("Main", name, "[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + Stream);

    [Fact]
    public void A_stream() => Verify("Numbers", "Stream", "[Coroutine] public static async Coroutine Main() => await Coroutine.Yield();\n" + Stream);

    [Theory]
    [InlineData("Main", "LocalCaller")]
    [InlineData("Main__Add", "LocalFunction")]
    public void A_local_function(string method, string name) => Verify(method, name, """
        [Coroutine] public static async Coroutine Main()
        {
            int a = 1;
            await Add(2); EventLoop.Current.Spawn(Add(Twice(a)));
            [Coroutine] async Coroutine Add(int b) { await Coroutine.Yield(); a += Twice(b); }
            int Twice(int n) => n * a;
        }
        """);

    [Fact]
    public void An_iterator() => Verify("Blink", "Iterator", """
        [Coroutine] public static async Coroutine Main() => await Blink(new object(), 2);
        [Coroutine] public static IEnumerator<ILoopAwaitable?> Blink(object lamp, int times)
        {
            try { for (int i = 0; i < times; i++) { Log(lamp); yield return Coroutine.Delay(TimeSpan.FromTicks(1)); } }
            finally { Log("off"); }
            yield return null;
            if (times > 1) yield return Rest(times).AsCoroutine();
        }
        [Coroutine] public static IEnumerable<ILoopAwaitable> Rest(int times) { yield return Later(times); }
        """);

    [Fact]
    public void An_access_of_a_type_parameter() => Verify("Show", "Access", """
        [Coroutine] public static async Coroutine Main() => await Show(new Spot<int>(), 0);
        [Coroutine] private static async Coroutine Show<T>(Spot<T> spot, int i) where T : IComparable<int>
        {
            Log(spot.Field?.CompareTo(await Later(1)));
            Log(spot.All[i]?.CompareTo(await Later(2)));
        }
        public sealed class Spot<T> { public T Field = default!; public T[] All = new T[2]; }
        """);

    [Fact]
    public void Accessors() => Verify("Main", "Accessors", """
        [Coroutine] public static async Coroutine Main()
        {
            Log(new Shared<int>(1) { Needed = await Later(2), Value = 3 }.Value);
            Log(new Own<string[]> { Value = await Same(new[] { "a" }) }.Value.Length);
        }
        [Coroutine] private static async Coroutine<T> Same<T>(T value) { await Coroutine.Yield(); return value; }
        public sealed class Shared<T>(T seed) where T : struct, IComparable<T> { public required T Needed; public T Value { get; init; } = seed; }
        private struct Own<T> { public T Value { get; init; } }
        """);

    private const string Stream = """
        [Coroutine] public static async IAsyncEnumerable<int> Numbers(int count, [System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken token = default)
        {
            try { for (int i = 0; i < count; i++) { await Coroutine.Yield(); yield return i; } }
            finally { Log("left"); }
        }
        """;

    private static void Verify(string method, string name, string members)
    {
        var compilation = TestCompilation.Create(BothLowerings.Source(members));
        TestCompilation.Generate(compilation);
        var sources = TestCompilation.Driver().RunGenerators(compilation).GetRunResult().Results[0].GeneratedSources;
        Snapshot.Verify(sources.Single(s => s.HintName.StartsWith($"Program.{method}.", StringComparison.Ordinal)).SourceText.ToString(), name);
    }
}
