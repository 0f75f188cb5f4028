using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Streams, written and read in every way, run on both lowerings. Turns are not compared: the compiler's iterators take more of them.</summary>
public sealed class StreamTests
{
    private const string Streams = """
        [Coroutine] public static async IAsyncEnumerable<int> Numbers(int count, string name = "n")
        {
            Log(name + " begins");
            try { for (int i = 0; i < count; i++) { if (i % 2 == 1) await Coroutine.Yield(); Log(name + " yields " + i); yield return i; } Log(name + " ends"); }
            finally { Log(name + " leaves"); await Coroutine.Yield(); Log(name + " left"); }
        }
        [Coroutine] public static async IAsyncEnumerable<string> Names<T>(params T[] items) where T : notnull { foreach (T item in items) { yield return item.ToString()!; yield return await Text(item + "!"); } }
        [Coroutine] public static async IAsyncEnumerable<int> Failing(int after) { try { await foreach (int n in Numbers(9, "inner")) { if (n == after) throw new InvalidOperationException("after " + n); yield return n; } } finally { Log("failing left"); } }
        [Coroutine] public static async IAsyncEnumerable<int> Tree(int depth) { if (depth == 0) yield break; await foreach (int n in Tree(depth - 1)) yield return n; await Coroutine.Yield(); yield return depth; await foreach (int n in Tree(depth - 1)) yield return n; }
        [Coroutine] public static async IAsyncEnumerable<int> Nothing() { await Coroutine.Yield(); yield break; }
        """;

    private static IReadOnlyList<string> Body(string body, string members = "", string types = "") =>
        BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + Streams + "\n" + members, types);

    [Fact]
    public void Every_element_then_the_end() => Body("""
        await foreach (int n in Numbers(4)) Log(n);
        await foreach (var n in Numbers(3)) { await Coroutine.Yield(); Log(n); }
        await foreach (long n in (Numbers(2))) Log(n);
        await foreach (string s in Names(1, 2)) Log(s);
        await foreach (string s in Names("a")) Log(s);
        await foreach (int n in Nothing()) Log(n);
        await foreach (int n in Numbers(await Later(2), await Text("late"))) Log(n);
        await foreach (int n in Numbers(name: "named", count: 1)) Log(n);
    """);

    [Fact]
    public void Leaving_early_runs_the_finally_blocks() => Body("""
        await foreach (int n in Numbers(5)) if (n == 2) break;
        for (int i = 0; i < 3; i++) { await foreach (int n in Numbers(5, "m" + i)) { if (n == 1) goto next; Log(n); } next: Log("next"); }
        try { await foreach (int n in Numbers(5)) { await Coroutine.Yield(); if (n == 1) throw new Exception("thrown"); } } catch (Exception e) { Log(e.Message); }
        try { await foreach (int n in Failing(2)) Log(n); } catch (InvalidOperationException e) { Log(e.Message); }
        await foreach (int n in Failing(5)) { if (n == 1) break; }
        await foreach (int a in Numbers(3, "a")) await foreach (int b in Numbers(3, "b")) { if (b == 1) break; if (a == 1) return; Log(a + b); }
    """);

    [Fact]
    public void Streams_that_read_themselves() => Body("""
        await foreach (int n in Tree(3)) Log(n);
        await foreach (int n in Tree(4)) { if (n == 3) break; Log(n); }
    """);

    [Fact]
    public void Streams_as_values() => Body("""
        IAsyncEnumerable<int> numbers = Numbers(3, "value");
        await foreach (int n in numbers) Log(n);
        await foreach (int n in numbers) { Log(n); break; }
        await using (var e = numbers.GetAsyncEnumerator()) { Log(await e.MoveNextAsync()); Log(e.Current); Log(await e.MoveNextAsync()); Log(e.Current); }
        await using (var unstarted = numbers.GetAsyncEnumerator()) Log("not started");
        var ended = numbers.GetAsyncEnumerator(); while (await ended.MoveNextAsync()) Log(ended.Current); Log(await ended.MoveNextAsync()); await ended.DisposeAsync(); await ended.DisposeAsync();
        Log(await numbers.Where(n => n > 0).Select(n => n * 2).SumAsync());
        Log(string.Join(",", await Tree(3).Take(4).ToListAsync()));
        Func<int, IAsyncEnumerable<int>> group = n => Numbers(n, "lambda");
        await foreach (int n in group(2)) Log(n);
        try { await foreach (int n in Failing(1).Where(_ => true)) Log(n); } catch (InvalidOperationException e) { Log(e.Message); }
        Log(await Ordinary(numbers));
    """, "static async Task<int> Ordinary(IAsyncEnumerable<int> source) { int sum = 0; await foreach (int n in source) { sum += n; await Task.Yield(); } await foreach (int n in Numbers(2, \"ordinary\").ConfigureAwait(false)) sum += n; return sum; }");

    [Fact]
    public void Tokens_reach_the_parameter_that_takes_them() => Body("""
        using var a = new System.Threading.CancellationTokenSource();
        using var b = new System.Threading.CancellationTokenSource();
        await foreach (bool x in Token(a.Token)) Log(x);
        await foreach (bool x in Token(default).WithCancellation(a.Token)) { a.Cancel(); Log(x); }
        await foreach (bool x in Token(b.Token).WithCancellation(new System.Threading.CancellationTokenSource().Token)) { Log(x); b.Cancel(); }
        await foreach (bool x in Plain(default).WithCancellation(a.Token)) Log(x);
    """, """
        [Coroutine] static async IAsyncEnumerable<bool> Token([System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken token) { yield return token.CanBeCanceled; await Coroutine.Yield(); yield return token.IsCancellationRequested; }
        #pragma warning disable CS8425 // A token that nobody can reach is what is tried here.
        [Coroutine] static async IAsyncEnumerable<bool> Plain(System.Threading.CancellationToken token) { await Coroutine.Yield(); yield return token.CanBeCanceled; }
        """);

    [Fact]
    public void Everything_a_body_may_contain() => Body("""
        var source = new Source(3);
        await foreach (var (n, s) in source.Pairs("p")) { Log(n + s); await Coroutine.Yield(); }
        await foreach (int n in source.Own()) Log(n);
        await foreach (int n in new Place { X = 4 }.Read()) Log(n);
        await foreach (var f in Functions(3)) Log(f());
        await foreach (int n in Handlers()) { Log("got " + n); if (n == 6) break; }
        await foreach (object? o in Mixed(true)) Log(o);
        await foreach (object? o in Mixed(false)) Log(o);
        Log(source.Sum);
    """, """
        [Coroutine] static async IAsyncEnumerable<Func<int>> Functions(int count) { for (int i = 0; i < count; i++) { int own = i; await Coroutine.Yield(); yield return () => own++ + count; } }
        [Coroutine] static async IAsyncEnumerable<int> Handlers()
        {
            int at = 0;
            try { try { await Coroutine.Yield(); throw new Exception("a"); } catch (Exception e) { Log(e.Message); await Coroutine.Yield(); at = 1; } yield return at; }
            finally { Log("outer"); }
            await using var resource = new Resource();
            using (var plain = new System.IO.MemoryStream()) { yield return 2; foreach (int n in new[] { 3, 4 }) { if (n == 4) continue; yield return n; } }
            switch (at) { case 1: yield return 5; await Coroutine.Yield(); goto case 2; case 2: yield return 6; break; }
            Log("not reached");
        }
        [Coroutine] static async IAsyncEnumerable<object?> Mixed(bool first)
        {
            if (first) { yield return 1; yield return null; yield return first ? await Text("x") : "y"; if (await Is(true)) yield break; }
            lock (Lines) { Log("locked"); }
            yield return await Later(1) + await Later(2);
            while (true) { if (await Is(true)) yield break; }
        }
        """, """
        public sealed class Resource : IAsyncDisposable { public async ValueTask DisposeAsync() { Log("disposing"); await Task.Yield(); Log("disposed"); } }
        public sealed partial class Source(int count)
        {
            public int Sum;
            [Coroutine] public async IAsyncEnumerable<(int, string)> Pairs(string name) { for (int i = 0; i < count; i++) { Sum += i; yield return (i, name); await Coroutine.Yield(); } }
            [Coroutine] public async IAsyncEnumerable<int> Own() { await foreach (var (n, _) in Pairs("own")) { yield return n; yield return Sum; } }
        }
        public partial struct Place { public int X; [Coroutine] public async IAsyncEnumerable<int> Read() { X++; yield return X; await Coroutine.Yield(); X++; yield return X; } }
        """);

    [Fact]
    public void A_stream_the_generator_refuses_is_still_read() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            await foreach (int n in Refused(3)) { Log(n); if (n == 1) break; }
            await foreach (int n in Refused(2)) Log(n);
            try { await foreach (int n in Refused(-1)) Log(n); } catch (Exception e) { Log(e.Message); }
        }
        [Coroutine] static async IAsyncEnumerable<int> Refused(int count)
        {
            if (count < 0) throw new Exception("negative");
            try { for (int i = 0; i < count; i++) { await Coroutine.Yield(); var o = (1, new { I = i }); await Coroutine.Yield(); yield return o.Item2.I; } } finally { await Coroutine.Yield(); Log("left"); }
        }
        """, accepted: 4);

    /// <summary>Nothing of ours is called where an ordinary iterator waits for a task, so its reader must have said that it reads, in whatever way it does.</summary>
    [Theory]
    [InlineData("await using var e = Numbers().GetAsyncEnumerator(); if (await e.MoveNextAsync()) Log(e.Current);")]
    [InlineData("var e = Numbers().GetAsyncEnumerator(); try { var next = e.MoveNextAsync(); if (await next) Log(e.Current); } finally { await e.DisposeAsync(); }")]
    [InlineData("await using var e = Numbers().WithCancellation(default).ConfigureAwait(true).GetAsyncEnumerator(); while (await e.MoveNextAsync()) Log(e.Current);")]
    [InlineData("await foreach (int n in Numbers()) Log(n);")]
    [InlineData("Log(await Numbers().SumAsync());")]
    [InlineData("await foreach (int n in Numbers().Select(n => n + 1)) Log(n);")]
    [InlineData("await foreach (int n in Numbers().WithCancellation(default)) Log(n);")]
    [InlineData("await foreach (int n in (IAsyncEnumerable<int>)Numbers()) Log(n);")]
    public void A_stream_of_the_compiler_is_cancelled_with_its_reader_after_it_waited_for_a_task(string reading) => BothLowerings.Agree($$"""
        [Coroutine] public static async Coroutine Main()
        {
            var task = EventLoop.Current.Spawn(Reader());
            try { await task; } catch (OperationCanceledException) { Log("cancelled"); }
        }
        [Coroutine] static async Coroutine Reader()
        {
            CoroutineTask.Current.Cancel();
            {{reading}}
        }
        [Coroutine] static async IAsyncEnumerable<int> Numbers()
        {
            var source = new TaskCompletionSource<int>();
            EventLoop.Current.CallSoon(static source => { Log("complete"); source.TrySetResult(1); }, source);
            int one = await source.Task;
            Log("waited");
            // What keeps the compiler's lowering: a span before an await.
            int sum = (int)((dynamic)(Spanned(one, (await Task.FromResult(1)), 3)) + await Later(2));
            Log(sum);
            yield return sum;
        }
        static int Spanned(params ReadOnlySpan<int> values) => values.Length;
        """, accepted: 5);

    /// <summary>When the first assertion fails, the compiler has been repaired, and the random programs may nest here.</summary>
    [Fact]
    public void A_stream_that_is_left_runs_its_finally_to_the_end_where_the_compiler_skips_a_part()
    {
        var compilation = TestCompilation.Create(BothLowerings.Source("""
            [Coroutine] public static async Coroutine Main() { await foreach (int n in Numbers()) { Log(n); break; } }
            [Coroutine] static async IAsyncEnumerable<int> Numbers()
            {
                try { yield return 1; }
                finally
                {
                    using var outer = new Closing("outer");
                    using (new Closing("inner")) await Coroutine.Yield();
                    Log("between");
                }
            }
            """, "sealed class Closing(string name) : IDisposable { public void Dispose() => Log(name); }"));
        Assert.Equal(["1", "inner", "outer"], TestCompilation.Run(compilation));
        Assert.Equal(["1", "inner", "between", "outer"], TestCompilation.Run(TestCompilation.Generate(compilation)));
    }
}
