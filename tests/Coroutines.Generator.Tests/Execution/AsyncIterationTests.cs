using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>await foreach and await using in all their forms, run on both lowerings.</summary>
public sealed class AsyncIterationTests
{
    private const string Types = """
        public sealed class Resource(string name) : IAsyncDisposable
        {
            public string Name => name;
            public async ValueTask DisposeAsync() { Log("disposing " + name); await Task.Yield(); Log("disposed " + name); }
        }
        public sealed class Both(string name) : IAsyncDisposable
        {
            public Task<int> DisposeAsync(int unused = 0) { Log("pattern " + name); return Task.FromResult(unused); }
            ValueTask IAsyncDisposable.DisposeAsync() { Log("interface " + name); return default; }
        }
        public sealed class Explicit : IAsyncDisposable { ValueTask IAsyncDisposable.DisposeAsync() { Log("explicit"); return default; } }
        public struct Value(int n) : IAsyncDisposable { private int _n = n; public void Grow() => _n++; public ValueTask DisposeAsync() { Log("value " + _n); return default; } }
        public sealed partial class Own(string name) { [Coroutine] public async Coroutine DisposeAsync() { Log("own " + name); await Coroutine.Yield(); Log("own gone " + name); } }
        public sealed partial class Steps(int count)
        {
            public Steps GetAsyncEnumerator() => this;
            private int _at;
            public int Current => _at;
            [Coroutine] public async Coroutine<bool> MoveNextAsync() { await Coroutine.Yield(); return ++_at <= count; }
        }
        public static class Extensions
        {
            public static IAsyncEnumerator<char> GetAsyncEnumerator(this string s) => Program.Chars(s).GetAsyncEnumerator();
            public static IEnumerator<int> GetEnumerator(this int n) { for (int i = 0; i < n; i++) yield return i; }
        }
        """;

    private const string Streams = """
        public static async IAsyncEnumerable<int> Numbers(int count, [System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken token = default)
        {
            try { for (int i = 0; i < count; i++) { await Task.Yield(); Log(token.CanBeCanceled); yield return i; } }
            finally { await Task.Yield(); Log("stream left"); }
        }
        public static async IAsyncEnumerable<char> Chars(string s) { foreach (char c in s) { await Task.Yield(); yield return c; } }
        public static async IAsyncEnumerable<(int, string)> Pairs() { yield return (1, "a"); await Task.Yield(); yield return (2, "b"); }
        """;

    private static void Body(string body) => BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + Streams, Types);

    [Fact]
    public void Await_using_in_every_form() => Body("""
        await using var outer = new Resource("outer");
        await using (var a = new Resource("a")) { Log(a.Name); await Coroutine.Yield(); }
        await using (new Resource("unnamed")) Log("body");
        await using (Resource? nothing = null) Log(nothing is null);
        await using (Resource b = new("b"), c = new("c")) Log(b.Name + c.Name);
        await using (new Resource("configured").ConfigureAwait(false)) Log("body");
        await using (IAsyncDisposable i = new Resource("interface")) Log("body");
        for (int i = 0; i < 3; i++) { await using var r = new Resource("r" + i); if (i == 0) continue; await Coroutine.Yield(); if (i == 1) break; }
        try { await using var t = new Resource("t"); throw new Exception("thrown"); } catch (Exception e) { Log(e.Message); }
        using var last = new System.IO.MemoryStream();
        await using var final = new Resource(last.Length + "final");
    """);

    [Fact]
    public void Await_using_finds_the_method_the_compiler_finds() => Body("""
        await using (var r = new Both("typed")) Log("body");
        await using (IAsyncDisposable r = new Both("cast")) Log("body");
        await using (var r = new Explicit()) Log("body");
        await using (var v = new Value(1)) { v.Grow(); await Coroutine.Yield(); Log("body"); }
        await using (var r = new Own("in place")) { Log("body"); }
    """);

    [Fact]
    public void Await_foreach_in_every_form() => Body("""
        await foreach (int x in Numbers(2)) Log(x);
        await foreach (var x in Numbers(5)) { if (x == 1) continue; await Coroutine.Yield(); if (x == 3) break; Log(x); }
        await foreach (var (n, s) in Pairs()) { Log(n + s); await Coroutine.Yield(); Log(s); }
        await foreach ((int n, _) in Pairs()) Log(n);
        await foreach (long x in Numbers(1).ConfigureAwait(false)) Log(x);
        using var source = new System.Threading.CancellationTokenSource();
        await foreach (var x in Numbers(1).WithCancellation(source.Token).ConfigureAwait(true)) Log(x);
        await foreach (var x in new Steps(2)) { Log(x); await Coroutine.Yield(); }
        await foreach (var c in "xy") Log(c);
        foreach (int i in 2) { await Coroutine.Yield(); Log(i); }
        try { await foreach (var x in Numbers(3)) { if (x == 1) throw new Exception("thrown " + x); } } catch (Exception e) { Log(e.Message); }
    """);

    [Fact]
    public void Deconstructing_foreach_with_awaits() => Body("""
        foreach (var (key, (left, right)) in new[] { (1, ("a", "b")), (2, ("c", "d")) }) { await Coroutine.Yield(); Log(key + left); Log(await Text(right)); }
        foreach ((int n, var s) in new[] { (1, "a"), (2, "b") }) { Log(n + s); await Coroutine.Yield(); }
    """);
}
