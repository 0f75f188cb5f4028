using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>await in every place of an expression, with the order of evaluation in the trace.</summary>
public sealed class ExpressionTests
{
    private static void Body(string body, string more = "", string types = "") => BothLowerings.Agree(
        "[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + more
        + "\n[Coroutine] static async Coroutine<int> A(int n) { Log(\"a\" + n); await Coroutine.Yield(); Log(\"A\" + n); return n; }\nstatic int S(int n) { Log(\"s\" + n); return n; }\nstatic int Three(int a, int b, int c) { Log($\"{a}{b}{c}\"); return a; }\n", types);

    [Fact]
    public void Arguments_are_evaluated_in_order() => Body("""
        Three(S(1), await A(2), S(3));
        int i = 1;
        Three(i++, await A(i), i++);
        Three(c: S(1), a: await A(2), b: S(3));
        Three(i, await A(i = 7), i);
        """);

    [Fact]
    public void Operators_casts_and_conversions() => Body("""
        Log(S(1) + await A(2) * S(3) - await A(4));
        Log(-await A(1)); Log((long)await A(2)); Log((await A(3)).ToString()); Log(!(await A(1) == 1));
        byte b = (byte)await A(5); double d = await A(6); object o = await A(7); int? q = await A(8);
        Log(b + d + (int)o + q);
        Log("x" + S(1) + await A(2) + "y");
        Log(await A(1) is > 0 and < 5);
        Log(await A(2) switch { 1 => "one", 2 => "two", _ => "many" });
        """);

    [Fact]
    public void Short_circuits_branch() => Body("""
        Log(S(1) == 1 && await Is(true) && await Is(false) || await Is(true));
        if (await Is(false) && await Is(true)) Log("no"); else Log("else");
        if (await Is(true) || await Is(true)) Log("or");
        while (await Is(false) || S(1) == 0 && await Is(true)) Log("never");
        int n = await Is(true) ? await A(1) : await A(2);
        Log(n + (n == 2 ? 0 : await A(3)));
        string? s = null;
        Log(s ?? await Text("null")); Log(await Text("some") ?? await Text("other"));
        int? q = null; Log(q ?? await A(9)); q ??= await A(4); Log(q); s ??= await Text("assigned"); s ??= await Text("not"); Log(s);
        """);

    [Fact]
    public void Assignments_locate_first_and_write_last() => Body("""
        int[] a = [1, 2, 3]; int i = 0;
        a[i++] = await A(i); a[S(1)] += await A(10); Log(string.Join(",", a) + i);
        var p = new Point(); GetPoint(p).X = await A(3); p.Y += await A(4); p.Y -= await A(1); Log(p.X + "," + p.Y);
        Pair pair = default; pair.L = await A(1); pair.R += await A(2); pair.Inner.L = await A(5); Log(pair.L + "," + pair.R + pair.Inner.L);
        s_count = 5; s_count += await Bump(); Log(s_count);
        string t = "a"; t += await Text("b"); Log(t); byte b = 250; b += (byte)await A(3); Log(b);
        int x, y; x = y = await A(6); Log(x + y); (x, y) = (y + await A(1), x); Log(x + "," + y);
        var list = new List<int> { 1 }; list[0] = await A(2); list[await A(0)]++; Log(list[0]);
        Action? d = null; d += await Act(); d();
        """, "static int s_count; static Point GetPoint(Point p) { Log(\"point\"); return p; }\n[Coroutine] static async Coroutine<int> Bump() { s_count = 100; await Coroutine.Yield(); return 1; }\n[Coroutine] static async Coroutine<Action> Act() { await Coroutine.Yield(); return () => Log(\"act\"); }",
        "public class Point { public int X { get; set; } public int Y; } public struct Pair { public int L, R; public Small Inner; } public struct Small { public int L; }");

    [Fact]
    public void Creation_and_interpolation() => Body("""
        Log($"{await A(1)} {S(2):D3} {await A(3),4}");
        var p = new Point(S(1), await A(2)) { X = S(3), Y = await A(4) }; Log(p.X + "," + p.Y);
        int[] a = { 1, 2 }; var arr = new[] { S(1), await A(2) }; int[,] m = new int[await A(2), 2]; int[] c = [await A(1), S(2)]; List<int> l = [S(3), await A(4)];
        Log(arr.Length + m.Length + c.Length + l.Count + a[1]);
        var t = (await A(1), n: S(2)); Log(t.Item1 + t.n);
        var anonymous = new { V = await A(3) }.V; Log(anonymous);
        Log((await Text("abc")).Length); Log((await Text("abc"))[1]); Log((await Text("abc"))?.ToUpper());
        """, types: "public class Point(int a, int b) { public int X { get; set; } = a; public int Y = b; }");

    [Fact]
    public void Switch_expressions_with_arms_that_suspend() => Body("""
        foreach (object? o in new object?[] { 1, 7, -2, "a", "long", null, new[] { 1, 2 }, DayOfWeek.Friday, 2.5 })
        {
            string s;
            try { s = o switch
            {
                1 => await Text("one"),
                int n when n > 5 => Show("big", n) + await Text("big"),
                int and < 0 => "negative",
                string { Length: 1 } t => t + await A(t.Length),
                string t => (await Text(t))[..2] + t,
                null => await Text("null"),
                int[] and [var first, .. var rest] when rest.Length == await_free(1) => first + await Text("list" + rest[0]),
                DayOfWeek.Friday => throw new InvalidOperationException(await Text("friday")),
                _ when Show("guard", false) => "never",
                _ => "other",
            }; } catch (InvalidOperationException e) { s = e.Message; }
            Log(s);
        }
        try { Log(DayOfWeek.Friday switch { DayOfWeek.Friday => throw new Exception(await Text("friday")), _ => 1 }); } catch (Exception e) { Log(e.Message); }
        #pragma warning disable CS8509
        try { Log(await A(5) switch { 1 => await A(2), 2 => 3 }); } catch (Exception e) { Log(e.GetType().Name + e.Message); }
        object boxed = await A(1) switch { 1 => await A(2), _ => 2.5 }; Log(boxed.GetType());
        boxed = await Is(true) ? await A(1) : 2.5; Log(boxed.GetType());
        boxed = (int?)null ?? (object)await A(3); Log(boxed.GetType());
        long? wide = (int?)S(4) ?? await Long(); Log(wide);
        Log(S(1) + (await A(2) switch { var v => v + await A(v) }) + S(3));
        List<int> list = await Is(true) switch { true => [await A(1), 2], false => new() }; Log(list.Count);
        Func<int> kept = () => 0;
        int got = S(6) switch { var c when c > await_free(3) => await Keep(kept = () => c, c), _ => 0 }; Log(got + kept());
        try { string? none = null; Log(none ?? throw new Exception(await Text("thrown"))); } catch (Exception e) { Log(e.Message); }
        try { Log(await Is(false) ? await A(1) : throw new Exception("choice")); } catch (Exception e) { Log(e.Message); }
        return;
        static int await_free(int n) => n;
        """, "[Coroutine] static async Coroutine<long> Long() { await Coroutine.Yield(); return 5; }\n[Coroutine] static async Coroutine<int> Keep(Func<int> f, int n) { await Coroutine.Yield(); return f() + n; }");

    [Fact]
    public void Pattern_variables_of_a_declarator_beside_one_that_suspends() => Body("""
        int a = await A(1), b = a + (S(5) switch { 1 => 0, var s => s + a }), c = (object)b is int d ? d : d = 1, e = int.TryParse("7", out var f) ? f + await A(2) : 0;
        await Coroutine.Yield();
        for (int i = await A(0), j = S(3) switch { var k => k * 2 }; i < 1; i++) { await Coroutine.Yield(); Log(i + j); }
        Log(a + b + c + d + e + f);
        """);

    [Fact]
    public void Receivers() => Body("""
        Counter c = new(); c.Add(await A(1)); c.Add(await A(2)); Log(c.N);
        var cs = new Counter[1]; cs[S(0)].Add(await A(5)); Log(cs[0].N);
        var holder = new Holder(); holder.C.Add(await A(3)); Log(holder.C.N);
        Make("r").Call(S(1), await A(2)); Func<int, int> f = S; Log(f(await A(3)));
        int v = 1; Ref(ref v, await A(4)); Log(v);
        """, "static Thing Make(string n) { Log(\"make\"); return new Thing(); } static void Ref(ref int v, int n) => v += n;",
        "public struct Counter { public int N; public void Add(int n) => N += n; } public class Holder { public Counter C; } public class Thing { public void Call(int a, int b) => Log(a + b); }");

    [Fact]
    public void Names_and_caller_information_are_the_users() => Body("""
        int local = 1; await Coroutine.Yield();
        Who(); Log(Argument(local + 1)); Log(new { local }.local); var t = (local, 2); Log(t.local); Log(nameof(local));
        await Coroutine.Yield(); Log(local);
        """, "static void Who([System.Runtime.CompilerServices.CallerMemberName] string n = \"\", [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => Log(n + line); static string Argument(int v, [System.Runtime.CompilerServices.CallerArgumentExpression(\"v\")] string e = \"\") => e;");

    [Fact]
    public void Spans_live_between_suspensions() => Body("""
        string s = "abc"; Span<int> span = stackalloc int[2]; span[0] = s.Length; ReadOnlySpan<char> text = s; Log(span[0] + text.Length);
        await Coroutine.Yield();
        span = new int[await A(3)]; Log(span.Length); Log(Both(s, await A(1)));
        { Span<int> other = [1, 2]; foreach (ref int x in other) x++; Log(other[1]); }
        """, "static int Both(ReadOnlySpan<char> t, int n) => t.Length + n;");

    [Fact]
    public void A_throw_or_a_null_comes_when_it_would() => Body("""
        try { string? none = null; Log(none!.Substring(await A(1))); } catch (NullReferenceException) { Log("null"); }
        try { int[] a = [1]; a[S(5)] = await A(2); } catch (IndexOutOfRangeException) { Log("range"); }
        try { Log(S(1) / (await A(0))); } catch (DivideByZeroException) { Log("zero"); }
        try { throw new Exception(await Text("thrown")); } catch (Exception e) { Log(e.Message); }
        string? q = null; try { Log(q ?? throw new Exception("or" + S(1))); await A(1); } catch (Exception e) { Log(e.Message); }
        """);

    [Fact]
    public void Initializers_run_step_by_step() => Body("""
        var l = new List<int> { S(1), await A(2), S(3) }; Log(string.Join(",", l));
        var d = new Dictionary<int, int> { { S(1), await A(2) }, { await A(3), S(4) } }; Log(d.Count + d[3]);
        var e = new Dictionary<int, string> { [S(1)] = await Text("a"), [await A(2)] = "b" }; Log(e[1] + e[2]);
        Loud loud = new() { X = S(1), Y = await A(2) }; Log(loud.X + loud.Y);
        """, types: "public class Loud { public Loud() { Log(\"created\"); } public int X { get => 1; set => Log(\"X\" + value); } public int Y; }");
}
