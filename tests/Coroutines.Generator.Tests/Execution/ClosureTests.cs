using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Functions that capture variables which outlive a suspension, run on both lowerings.</summary>
public sealed class ClosureTests
{
    private static void Body(string body, string more = "") => BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + more);

    [Fact]
    public void A_lambda_shares_its_variable_with_the_coroutine() => Body("""
        int a = 1; string s = "x";
        Func<int> get = () => a;
        Action grow = () => { a++; s += "y"; };
        await Coroutine.Yield();
        grow(); a += 10;
        Log(get() + s);
        a = await Later(5); grow();
        Log(get() + s);
        a += await Later(get()) + a++;
        Log(a);
        """);

    [Fact]
    public void Each_iteration_has_variables_of_its_own() => Body("""
        var all = new List<Func<string>>();
        int shared = 0;
        for (int i = 0; i < 3; i++)
        {
            int own = i * 10;
            all.Add(() => $"for {i} {own++} {shared}");
            await Coroutine.Yield();
            own++; shared++;
        }
        foreach (var x in new[] { 1, 2 }) { string y = "y" + x; all.Add(() => x + y); await Coroutine.Yield(); y += "!"; }
        foreach (var (k, v) in new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }) { all.Add(() => k + v); await Coroutine.Yield(); }
        int n = 0;
        while (n++ < 2 && await Later(n) is var current) { all.Add(() => "while " + current + n); await Coroutine.Yield(); current += 100; }
        await foreach (var z in Stream()) { all.Add(() => "stream " + z); }
        foreach (var f in all) { Log(f()); Log(f()); }
        """, "static async IAsyncEnumerable<int> Stream() { yield return 1; await Task.Yield(); yield return 2; }");

    [Fact]
    public void Parameters_are_captured() => Body("""
        var f = await Keep(3, "p", [1, 2]);
        Log(f(1)); Log(f(1));
        Log(await Generic("g", 7));
        """, """
        [Coroutine] static async Coroutine<Func<int, string>> Keep(int a, string b, int[] c)
        {
            a++;
            Func<int, string> f = d => { a += d; return a + b + c.Length; };
            await Coroutine.Yield();
            b += "!";
            return f;
        }
        [Coroutine] static async Coroutine<string> Generic<T, U>(T t, U u) where T : class
        {
            Func<(T, U)> pair = () => (t, u);
            await Coroutine.Yield();
            var (x, y) = pair();
            string Both<V>(V v) => $"{t}{y}{v}";
            return Both(x) + Both(1);
        }
        """);

    [Fact]
    public void Scopes_of_every_kind() => Body("""
        var all = new List<Func<object?>>();
        for (int round = 0; round < 2; round++)
        {
            if (await Later(round) is var tested && tested == 0) { all.Add(() => tested++); }
            using (var r = new System.IO.MemoryStream(round)) { all.Add(() => r.Capacity); await Coroutine.Yield(); }
            switch (await Later(round)) { case 0: int section = 5; all.Add(() => section); await Coroutine.Yield(); section++; break; case int other when other > 0: all.Add(() => other); await Coroutine.Yield(); break; }
            try { throw new Exception("thrown" + round); } catch (Exception e) when (((Func<bool>)(() => e.Message.Length > 0))()) { all.Add(() => e.Message); await Coroutine.Yield(); }
            { int inner = round; { int deeper = inner; all.Add(() => inner++ + deeper++); await Coroutine.Yield(); deeper += 7; } }
            int.TryParse("4" + round, out var parsed); all.Add(() => parsed); await Coroutine.Yield(); parsed++;
            var (left, right) = (round, "r"); all.Add(() => left + right); await Coroutine.Yield(); right += "!";
            try { await Coroutine.Yield(); } finally { int last = round; await Coroutine.Yield(); all.Add(() => last); }
            try { await Later(1); if (round == 1) throw new Exception("once"); } catch (Exception e) when (all.Any(f => f()!.Equals(round)) & round == 1) { Log(string.Join(",", all.Select(f => f() + e.Message + round))); } finally { Log(all.Select(f => round).Sum()); }
        }
        foreach (var f in all) { Log(f()); Log(f()); }
        """);

    [Fact]
    public void Local_functions() => Body("""
        int a = 1;
        Log(Add(2) + Static(3));
        await Coroutine.Yield();
        a = 10;
        Log(Add(await Later(2)) + Add(b: 3, c: 4));
        Log(Factorial(5)); Log(Even(6));
        int Add(int b, int c = 1) => a + b * c;
        static int Static(int x) => x * 2;
        int Factorial(int n) { a++; return n <= 1 ? 1 : n * Factorial(n - 1); }
        bool Even(int n) => n == 0 || Odd(n - 1);
        bool Odd(int n) { a--; return n != 0 && Even(n - 1); }
        for (int i = 0; i < 2; i++)
        {
            int own = i;
            void Grow(ref int by, out int result, params int[] more) { own += by + more.Length; by++; result = own + a; Nested(); void Nested() { own++; a += own; } }
            T Same<T>(T value) { own++; return value; }
            int step = 3;
            Grow(ref step, out int grown, 1, 2);
            await Coroutine.Yield();
            Log(step + grown + Same("s") + own + a);
            Func<int> later = () => Add(own) + Same(1);
            await Coroutine.Yield();
            Log(later());
            { await Coroutine.Yield(); string Twin(string s) => s + own; Log(Twin("first")); }
            { await Coroutine.Yield(); int Twin(int n) => n + own; Log(Twin(2)); }
        }
        Log(await Async(1)); Log(a);
        async Task<int> Async(int b) { await Task.Yield(); a += b; return a; }
        """);

    [Fact]
    public void Delegates_of_a_local_function_are_equal() => Body("""
        int heard = 0;
        var source = new Source();
        source.Changed += Hear;
        await Coroutine.Yield();
        source.Raise(1);
        source.Changed -= Hear;
        source.Raise(2);
        Log(heard);
        Func<string, int> f = Length<string>; await Coroutine.Yield();
        Log(f == Length<string>);
        Log(f("abc") + string.Join(",", new[] { "a", "bc" }.Select(Length)));
        Log(new[] { 1, 2 }.Select(x => new[] { x }.Select(Plus).Sum()).Sum());
        void Hear(int what) { heard += what; }
        int Length<T>(T value) { heard++; return value!.ToString()!.Length + heard; }
        int Plus(int x) => x + heard;
        """, "public class Source { public event Action<int>? Changed; public void Raise(int n) => Changed?.Invoke(n); }");

    [Fact]
    public void Local_functions_that_are_coroutines() => Body("""
        int a = 1;
        Log(await Own(2));
        a += 10;
        var kept = Own(3);
        Func<int, Coroutine<int>> f = Own;
        Log(await kept + await f(4) + a);
        Log(await Count(3));
        [Coroutine] async Coroutine<int> Own(int b) { a += b; await Coroutine.Yield(); a++; return a * await Later(b); }
        [Coroutine] static async Coroutine<int> Count(int n) => n == 0 ? 0 : 1 + await Count(n - 1);
        """);

    [Fact]
    public void Lambdas_stand_wherever_an_expression_does() => Body("""
        int a = 1, n = 0;
        Log(await Call(() => a++, await Later(2)));
        Log(await Task.Run(() => a));
        await EventLoop.Current.Spawn(Call(() => a++, 1));
        while (new[] { 1, 2, 3 }.Any(x => x > a - 3 + n) && await Is(n < 3)) n++;
        if (((Func<bool>)(() => a > n))()) Log(await Later(a)); else Log("no");
        var pair = (First: (Func<int>)(() => a), Second: await Later(5));
        a += 10; Log(pair.First() + pair.Second);
        Log(new[] { 3, 4 }.Select(x => x + a).Sum() + await Later(n) + new[] { 1 }.Count(x => x < a));
        try { await Coroutine.Yield(); throw new Exception(string.Concat(new[] { 1 }.Select(x => x + a))); }
        catch (Exception e) when (new[] { e.Message }.All(m => m.Length == a - 10)) { Log(e.Message); }
        finally { Log(new[] { 1 }.Select(x => a).First()); }
        Func<int> late; { int own = await Later(6); late = () => own + a; await Coroutine.Yield(); own++; } Log(late());
        """, "[Coroutine] static async Coroutine<int> Call(Func<int> f, int n) { await Coroutine.Yield(); return f() * 100 + n; }");

    [Fact]
    public void Queries_capture() => Body("""
        int a = 1, skipped = 0;
        await Coroutine.Yield();
        var q = from x in new[] { 1, 2, 3 } where x > a let y = x + a join z in new[] { 3, 4 + a } on y equals z + skipped orderby y descending select x * a + y + z;
        a = 2; await Coroutine.Yield();
        Log((from x in new[] { await Later(5), a } let y = x + a select y * x).Sum());
        Log(string.Join(",", q)); skipped = 1; Log(string.Join(",", q));
        """);

    [Fact]
    public void This_is_captured() => BothLowerings.Agree("[Coroutine] public static async Coroutine Main() { var c = new C(3); Log(await c.Run(4)); }", types: """
        public partial class C(int field)
        {
            private int _n = 3;
            [Coroutine] public async Coroutine<int> Run(int p)
            {
                int local = 1;
                Func<int> f = () => _n + p + local + this.Twice() + field;
                await Coroutine.Yield();
                local++; _n++;
                int Own(int x) => _n + base.ToString()!.Length * 0 + x + p;
                int OnlyThis() => _n++;
                Func<int> g = OnlyThis;
                await Coroutine.Yield();
                return f() + Own(local) + g() + OnlyThis();
            }
            private int Twice() => _n * 2;
        }
        """);

    [Fact]
    public void Spawned_children_capture() => Body("""
        var results = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            int own = i;
            Func<Coroutine<int>> make = () => Later(own * 2);
            var task = EventLoop.Current.Spawn(make());
            own += 100;
            results.Add(await task + await make());
        }
        Log(string.Join(",", results));
        """);
}
