using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Local functions that are coroutines get frames of their own.</summary>
public sealed class LocalCoroutineTests
{
    private static void Body(string body, string more = "", string types = "") =>
        BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + more, types);

    [Fact]
    public void They_are_awaited_in_place_spawned_and_kept() => Body("""
        Log(await Double(3));
        var spawned = EventLoop.Current.Spawn(Double(4));
        Coroutine<int> cold = Double(5);
        Log(await spawned); Log(await cold); Log(await Double(n: await Double(1)));
        await Default(); await Default(b: 3); await Default(1, 2, 3);
        [Coroutine] async Coroutine<int> Double(int n) { await Coroutine.Yield(); Log("double " + n); return n * 2; }
        [Coroutine] static async Coroutine Default(int a = 7, int b = 8, params int[] more) { await Coroutine.Yield(); Log(a + "," + b + "," + more.Length); }
        """);

    [Fact]
    public void They_capture_variables_and_parameters() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main() => Log(await Count(3, "p"));
        [Coroutine] static async Coroutine<int> Count(int limit, string name)
        {
            int total = 0; const int Step = 2;
            for (int i = 0; i < limit; i++)
            {
                int own = i * 10;
                [Coroutine] async Coroutine Add(int by)
                {
                    total += by * Step;
                    await Coroutine.Yield();
                    own++;
                    Log(name + own + total + i);
                    limit = 3;
                }
                var task = EventLoop.Current.Spawn(Add(i));
                await Add(own);
                await task;
                Log(own);
            }
            name += "!";
            await Last();
            return total;
            [Coroutine] async Coroutine Last() { await Coroutine.Yield(); Log(name); name = "changed"; total++; }
        }
        """);

    [Fact]
    public void They_recurse_and_call_one_another() => Body("""
        int calls = 0;
        Log(await Factorial(5)); Log(await Even(6)); Log(calls);
        [Coroutine] async Coroutine<int> Factorial(int n) { calls++; await Coroutine.Yield(); return n <= 1 ? 1 : n * await Factorial(n - 1); }
        [Coroutine] async Coroutine<bool> Even(int n) => n == 0 || await Odd(n - 1);
        [Coroutine] async Coroutine<bool> Odd(int n) { int own = calls++; Func<int> read = () => own + n; await Coroutine.Yield(); Log(read()); return n != 0 && await Even(n - 1); }
        """);

    [Fact]
    public void They_use_the_plain_functions_around_them() => Body("""
        int total = 1; const string Name = "n";
        await Run(2); await Coroutine.Yield(); Log(Add(1)); Log(total);
        int Add(int n) { total += n; return Twice(total) + One(); }
        static int Twice(int n) => n * 2;
        int One() => 1;
        [Coroutine] async Coroutine Run(int n)
        {
            Log(Name + Add(n)); await Coroutine.Yield(); Func<int, int> f = Add; Log(f(3)); total++;
            int Inner(int m) => Add(m) + n;
            await Coroutine.Yield(); Log(Inner(4));
            void Add2() => total += 2; Action a = Add2; a(); Log(total);
        }
        """);

    [Fact]
    public void They_contain_one_another() => Body("""
        int a = 1;
        await Outer(2); Log(a);
        [Coroutine] async Coroutine Outer(int b)
        {
            int c = 3;
            await Coroutine.Yield();
            await Inner(4); Log(a + b + c);
            [Coroutine] async Coroutine Inner(int d)
            {
                a += d; b += d; c += d;
                await Coroutine.Yield();
                if (d > 0) await Inner(d - 2);
                await Other(d);
                Action log = () => Log(a + b + c + d);
                await Coroutine.Yield();
                log();
            }
        }
        [Coroutine] async Coroutine Other(int x) { a++; await Coroutine.Yield(); Log("other " + x + a); }
        """);

    [Fact]
    public void They_stand_in_any_block() => Body("""
        var tasks = new List<CoroutineTask>();
        { int x = 1; tasks.Add(EventLoop.Current.Spawn(InBlock())); x++; [Coroutine] async Coroutine InBlock() { await Coroutine.Yield(); Log("block " + x); } }
        foreach (int i in new[] { 1, 2 }) { [Coroutine] async Coroutine Same() { await Coroutine.Yield(); Log("first " + i); } tasks.Add(EventLoop.Current.Spawn(Same())); }
        for (int i = 0; i < 2; i++) { int own = i; [Coroutine] async Coroutine Same(int n) { await Coroutine.Yield(); Log("second " + own + n); } tasks.Add(EventLoop.Current.Spawn(Same(own))); }
        switch (tasks.Count) { case 5: [Coroutine] async Coroutine Section() { await Coroutine.Yield(); Log("section"); } await Section(); break; default: break; }
        try { tasks.Add(EventLoop.Current.Spawn(Fail())); [Coroutine] async Coroutine Fail() { await Coroutine.Yield(); throw new Exception("failed"); } }
        finally { [Coroutine] async Coroutine Last() { await Coroutine.Yield(); Log("last"); } await Last(); }
        checked { [Coroutine] async Coroutine Over(int n) { await Coroutine.Yield(); try { Log(n * 2); } catch (OverflowException) { Log("overflow"); } } await Over(int.MaxValue); }
        foreach (var task in tasks) { try { await task; } catch (Exception e) { Log(e.Message); } }
        """);

    [Fact]
    public void They_become_delegates() => Body("""
        int a = 1;
        Func<int, Coroutine<int>> f = Add, g = Add; Func<Coroutine> h = Static;
        Log(f == g); Log(await f(2)); await h();
        Func<Coroutine<int>> later = () => Add(5); Log(await later());
        await Coroutine.Yield(); await Run(Static); await Run(async () => { await Add(7); Log("lambda"); });
        [Coroutine] async Coroutine<int> Add(int n) { a += n; await Coroutine.Yield(); return a; }
        [Coroutine] static async Coroutine Static() { await Coroutine.Yield(); Log("static"); }
        """, "[Coroutine] static async Coroutine Run(Func<Coroutine> f) => await f();");

    [Fact]
    public void They_are_generic() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main() { await Typed<string, int>("s", 2); await new Box<int>(3).Run("x"); }
        [Coroutine] static async Coroutine Typed<T, U>(T t, U u) where T : class where U : struct, IComparable<U>
        {
            var all = new List<T>();
            Log(await Pair(t, 1.5)); Log(await Pair<string>(t, "p")); await Keep(t); Log(all.Count);
            Log(await Plain(u));
            [Coroutine] async Coroutine<(T, V)> Pair<V>(T first, V second) where V : notnull { all.Add(first); await Coroutine.Yield(); return (first, second); }
            [Coroutine] async Coroutine Keep(T value) { await Coroutine.Yield(); all.Add(value); Func<int> f = () => all.Count; Log(f()); }
            [Coroutine] static async Coroutine<int> Plain<V>(V v) where V : struct, IComparable<V> { await Coroutine.Yield(); return v.CompareTo(default); }
        }
        """, """
        public partial class Box<T>(T value)
        {
            private int _runs;
            [Coroutine] public async Coroutine Run<U>(U u)
            {
                await Inner(1); await Twice(); Log(_runs);
                [Coroutine] async Coroutine Inner(int n) { _runs++; await Coroutine.Yield(); Log(value!.ToString() + u + n + this.Name()); }
                [Coroutine] async Coroutine Twice() { await Inner(2); await Inner(3); }
            }
            private string Name() => "box" + _runs;
        }
        """);

    [Fact]
    public void They_are_streams_and_stand_in_structs() => Body("""
        int total = 0;
        await foreach (int x in Numbers(3)) { total += x; Log(x); if (x == 2) break; }
        await foreach (int x in Numbers(1).WithCancellation(default)) Log(x);
        Log(total); await new Counter { N = 4 }.Run();
        [Coroutine] async IAsyncEnumerable<int> Numbers(int count) { try { for (int i = 0; i <= count; i++) { await Coroutine.Yield(); yield return i + total; } } finally { Log("left"); } }
        """, types: "public partial struct Counter { public int N; [Coroutine] public async Coroutine Run() { int n = N; await Local(2); await Coroutine.Yield(); Log(n + N); [Coroutine] async Coroutine Local(int by) { await Coroutine.Yield(); n += by; } } }");

    [Fact]
    public void One_that_is_refused_leaves_the_others_and_the_method_generated()
    {
        string members = """
            [Coroutine] public static async Coroutine Main()
            {
                int a = 1;
                await Good(); await Bad(); Log(a);
                [Coroutine] async Coroutine Good() { await Coroutine.Yield(); a++; await Bad(); }
                [Coroutine] async Coroutine Bad() { var o = (1, new { A = a }); await Coroutine.Yield(); a *= 2; Log(o.Item2.A); }
                Func<Coroutine> f = async () => { await Deep(); [Coroutine] async Coroutine Deep() { await Coroutine.Yield(); Log("deep"); } };
                await f();
            }
            """;
        BothLowerings.Agree(members, accepted: 4);
        var locals = TestCompilation.Verdicts(TestCompilation.Create(BothLowerings.Source(members)))[0].Locals;
        Assert.Equal(["Main.Good", null], locals.Select(local => local.Model?.Signature.Name));
        Assert.Equal([null, "CORO211"], locals.Select(local => local.Refusal?.Rule.Id));
    }
}
