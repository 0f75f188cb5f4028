using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>How coroutines reach each other: in place, boxed, through factories, values and interceptors.</summary>
public sealed class CallTests
{
    private static IReadOnlyList<string> Body(string body, string more = "", string types = "", int accepted = -1) => BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + more, types, accepted);

    [Fact]
    public void Recursion_is_boxed() => Body("Log(await Fib(8)); Log(await Even(5));", """
        [Coroutine] static async Coroutine<int> Fib(int n) => n < 2 ? n : await Fib(n - 1) + await Fib(n - 2);
        [Coroutine] static async Coroutine<bool> Even(int n) { if (n == 0) return true; await Coroutine.Yield(); return await Odd(n - 1); }
        [Coroutine] static async Coroutine<bool> Odd(int n) { return n != 0 && await Even(n - 1); }
        """);

    [Fact]
    public void Instances_of_classes_and_structs() => Body("""
        var d = new Derived("d"); Log(await d.Get(1)); Log(await d.Virtual()); Log(await ((Base)d).Get(2));
        var s = new Value { N = 3 }; Log(await s.Bump()); Log(s.N); Log(await new Value { N = 7 }.Bump());
        """, types: """
        public partial class Base(string name)
        {
            private readonly string _name = name;
            [Coroutine] public async Coroutine<string> Get(int n) { await Coroutine.Yield(); return this._name + _name + n + await Own(); }
            [Coroutine] private async Coroutine<string> Own() { await Coroutine.Yield(); return "own" + _name; }
            [Coroutine] public virtual async Coroutine<string> Virtual() { await Coroutine.Yield(); return "base"; }
        }
        public sealed partial class Derived(string name) : Base(name)
        {
            [Coroutine] public override async Coroutine<string> Virtual() => "derived" + await base.Virtual() + await this.Get(5);
        }
        public partial struct Value { public int N; [Coroutine] public async Coroutine<int> Bump() { N++; await Coroutine.Yield(); N++; return N; } }
        """);

    [Fact]
    public void Generics_with_constraints() => Body("""
        Log(await Box<string>.Make("x")); Log(await Same(5)); Log(await Same("s")); Log((await New<List<int>>()).Count); Log(await new Box<int>().Pair<string>(1, "b"));
        """, """
        [Coroutine] static async Coroutine<T> Same<T>(T value) { T copy = value; await Coroutine.Yield(); return copy; }
        [Coroutine] static async Coroutine<T> New<T>() where T : class, new() { await Coroutine.Yield(); return await Same(new T()); }
        """, "public partial class Box<T> { [Coroutine] public static async Coroutine<T> Make(T v) { await Coroutine.Yield(); return v; } [Coroutine] public async Coroutine<string> Pair<U>(T t, U u) where U : notnull { await Coroutine.Yield(); return $\"{t}{u}{await Box<U>.Make(u)}\"; } }");

    [Fact]
    public void Values_delegates_and_spawned_calls() => Body("""
        var c = Later(1); Log(await c); try { await c; } catch (InvalidOperationException) { Log("twice"); }
        Func<int, Coroutine<int>> f = Later; Log(await f(2)); Func<Coroutine<int>> g = () => Later(3); Log(await g());
        Coroutine plain = Void(); await plain; await Void();
        Log(await (await Later(1) == 1 ? Later(10) : Later(20)));
        var task = EventLoop.Current.Spawn(Later(4)); Log(await task);
        await Task.Yield(); Log(await Task.FromResult(5)); Log(await new ValueTask<int>(6));
        await Task.CompletedTask.ConfigureAwait(false);
        """, "[Coroutine] static async Coroutine Void() { await Coroutine.Yield(); Log(\"void\"); }");

    [Fact]
    public void Arguments_of_every_form() => Body("""
        Log(await Many(1)); Log(await Many(b: await Later(5), a: 2)); Log(await Sum(1, 2, await Later(3))); Log(await Sum()); Log(await Sum([4, 5])); Log(await 6.Twice()); Log(await Extensions.Twice(7)); Log(await Over("s")); Log(await Over(8));
        """, """
        [Coroutine] static async Coroutine<string> Many(int a, int b = 3, string c = "d", DayOfWeek e = DayOfWeek.Friday, double f = 1.5, string? g = null) { await Coroutine.Yield(); return $"{a}{b}{c}{e}{f}{g}"; }
        [Coroutine] static async Coroutine<int> Sum(params int[] values) { await Coroutine.Yield(); return values.Sum(); }
        [Coroutine] static async Coroutine<string> Over(string s) { await Coroutine.Yield(); return "string" + s; }
        [Coroutine] static async Coroutine<string> Over(int @event) { await Coroutine.Yield(); return "int" + @event; }
        """, "public static partial class Extensions { [Coroutine] public static async Coroutine<int> Twice(this int n) { await Coroutine.Yield(); return n * 2; } }");

    [Fact]
    public void Private_types_keep_frames_private() => Body("Log(await Outer.Run());", types: """
        public static partial class Outer
        {
            private enum State { A, B }
            [Coroutine] private static async Coroutine<State> Next(State s) { await Coroutine.Yield(); return s + 1; }
            [Coroutine] public static async Coroutine<string> Run() { State s = await Next(State.A); await Coroutine.Yield(); return s + await Nested.Deep(); }
            private static partial class Nested { [Coroutine] public static async Coroutine<string> Deep() { await Coroutine.Yield(); return "deep" + await Next(State.A); } }
        }
        """);

    [Fact]
    public void Cancellation_crosses_frames_and_runs_finally() => Body("""
        var t = EventLoop.Current.Spawn(Guarded()); await Coroutine.Yield(); await Coroutine.Yield(); t.Cancel(); try { await t; } catch (OperationCanceledException) { Log("cancelled"); }
        var u = EventLoop.Current.Spawn(Catching()); await Coroutine.Yield(); u.Cancel(); await u;
        """, """
        [Coroutine] static async Coroutine Guarded() { try { await Forever(); } finally { Log("finally"); } Log("never"); }
        [Coroutine] static async Coroutine Forever() { try { while (true) await Coroutine.Yield(); } finally { Log("inner"); } }
        [Coroutine] static async Coroutine Catching() { try { await Forever(); } catch (InvalidOperationException) { Log("wrong"); } catch (OperationCanceledException) { Log("caught"); } finally { Log("after"); } }
        """);

    [Fact]
    public void A_body_without_await_completes_at_once() => Body("Log(await Now(3)); await Nothing();", "[Coroutine] static async Coroutine<int> Now(int n) { int m = n * 2; if (m > 100) return 0; return m; } [Coroutine] static async Coroutine Nothing() { }");

    [Fact]
    public void Arguments_that_are_left_out_are_the_callee_s_defaults() => BothLowerings.Agree("""
        public enum Colour { Red, Green }
        [Coroutine] public static async Coroutine Main()
        {
            Log(await Defaults(1));
            Log(await Defaults(1, "given"));
            Log(await Defaults(1, await Text("late"), 2.5));
            Log(await Called());
            await foreach (string s in Stream(1)) Log(s);
        }
        [Coroutine] static async Coroutine<string> Defaults(int a, string? b = null, double c = double.NaN, Colour d = Colour.Green, long? e = 7, char f = '\n', System.Threading.CancellationToken token = default)
        {
            await Coroutine.Yield();
            return $"{a} {b ?? "null"} {c} {d} {e} {(int)f} {token.CanBeCanceled}";
        }
        [Coroutine] static async Coroutine<string> Called([System.Runtime.CompilerServices.CallerMemberName] string name = "", int after = 3) { await Coroutine.Yield(); return name + after; }
        [Coroutine] static async IAsyncEnumerable<string> Stream(int a, string b = "b", [System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken token = default) { yield return a + b; await Coroutine.Yield(); yield return token.CanBeCanceled.ToString(); }
        """);
}
