using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Every statement form, run on both lowerings.</summary>
public sealed class StatementTests
{
    private static void Body(string body, string more = "", string types = "") => BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + more, types);

    [Fact]
    public void Straight_line_code_keeps_its_locals() => Body("int a = 1; string s = \"x\"; await Coroutine.Yield(); a += await Later(2); Log(a + s); ;");

    [Fact]
    public void Sibling_scopes_may_reuse_a_name() => Body("{ int a = 1; await Coroutine.Yield(); Log(a); } { string a = \"s\"; await Coroutine.Yield(); Log(a); } for (int a = 0; a < 2; a++) Log(a);");

    [Fact]
    public void If_else_chains() => Body("""
        for (int i = 0; i < 4; i++)
        {
            if (i == 0) { await Coroutine.Yield(); Log("zero"); }
            else if (i == 1) Log(await Later(10));
            else if (await Is(i == 2)) Log("two");
            else { Log("other"); await Coroutine.Yield(); }
        }
        """);

    [Fact]
    public void While_and_do_with_break_and_continue() => Body("""
        int i = 0;
        while (true)
        {
            i++;
            if (i == 2) continue;
            if (i > 5) break;
            Log(await Later(i));
            foreach (var x in new[] { 1, 2 }) { if (x == 2) break; Log("inner" + x); }
        }
        do { i--; if (i == 3) continue; await Coroutine.Yield(); Log(i); } while (await Later(i) > 1);
        while (await Is(i++ < 2)) Log("w" + i);
        """);

    [Fact]
    public void For_with_awaits_everywhere() => Body("for (int i = await Later(0), n = 3; i < await Later(n); i += await Later(1)) Log(i);");

    [Fact]
    public void For_without_parts() => Body("int i = 0; for (;;) { if (i++ > 2) return; await Coroutine.Yield(); Log(i); }");

    [Fact]
    public void Foreach_over_everything() => Body("""
        foreach (int x in new[] { 1, 2 }) { await Coroutine.Yield(); Log(x); }
        foreach (var x in new List<string> { "a", "b" }) { await Coroutine.Yield(); Log(x); }
        foreach (char c in "xy") { await Coroutine.Yield(); Log(c); }
        foreach (long x in Enumerable.Range(1, 3)) { if (x == 3) break; await Coroutine.Yield(); Log(x); }
        foreach (var x in new System.Collections.ArrayList { 1, "2" }) { await Coroutine.Yield(); Log(x); }
        foreach (var (k, v) in new Dictionary<string, int> { ["a"] = 1 }) { await Coroutine.Yield(); Log(k + v); }
        foreach (var x in new Countdown()) { await Coroutine.Yield(); Log(x); }
        try { foreach (var x in Watched()) { await Coroutine.Yield(); Log(x); if (x == 2) throw new Exception("stop"); } } catch (Exception e) { Log(e.Message); }
        foreach (int x in (IEnumerable<int>)new[] { await Later(7) }) { Log(x); await Coroutine.Yield(); }
        """, "static IEnumerable<int> Watched() { try { yield return 1; yield return 2; yield return 3; } finally { Log(\"disposed\"); } }",
        "public class Countdown { public E GetEnumerator() => new E(); public struct E { int n; public bool MoveNext() => n++ < 3; public int Current => 3 - n; } }");

    [Fact]
    public void Switch_statements() => Body("""
        foreach (object? o in new object?[] { 1, 7, "a", "long", null, 2.5, DayOfWeek.Friday })
        {
            switch (o)
            {
                case 1: await Coroutine.Yield(); Log("one"); break;
                case int n when n > 5: Log("int" + n); await Coroutine.Yield(); Log(n); break;
                case string { Length: 1 } s: await Coroutine.Yield(); Log(s); break;
                case string t: Log(t); continue;
                case null: Log("null"); await Coroutine.Yield(); break;
                case DayOfWeek.Friday: case DayOfWeek.Monday: int local = 3; await Coroutine.Yield(); Log(local); break;
                default: Log(await Text("default")); break;
            }
            Log("next");
        }
        switch (await Later(2)) { case 1: Log("no"); break; case 2: { Log("yes"); await Coroutine.Yield(); return; } }
        """);

    [Fact]
    public void Try_with_catches_filters_and_finally() => Body("""
        for (int i = 0; i < 4; i++)
        {
            try
            {
                try
                {
                    Log("try" + i);
                    await Coroutine.Yield();
                    if (i == 0) continue;
                    if (i == 1) throw new InvalidOperationException("one");
                    if (i == 2) throw new ArgumentException("two");
                    await Coroutine.Yield();
                    Log("end" + i);
                    if (i == 3) break;
                }
                catch (InvalidOperationException e) when (e.Message == "one") { Log("filtered " + e.Message + i); }
                finally { Log("finally" + i); }
                await Coroutine.Yield();
            }
            catch (Exception e) { Log(e.GetType().Name); }
        }
        """);

    [Fact]
    public void Return_and_throw_run_finally() => Body("""
        Log(await Leave(1)); Log(await Leave(2));
        try { await Leave(3); } catch (Exception e) { Log(e.Message); }
        """, """
        [Coroutine] static async Coroutine<string> Leave(int how)
        {
            try
            {
                await Coroutine.Yield();
                if (how == 1) return "early";
                try { if (how == 2) return await Text("nested"); } finally { Log("inner"); }
                throw new Exception(await Text("thrown"));
            }
            finally { Log("outer"); }
        }
        """);

    [Fact]
    public void Using_declarations_behind_a_jump_out_of_a_block_without_awaits() => Body("""
        for (int i = 0; i < 4; i++)
        {
            await Coroutine.Yield();
            foreach (int j in new[] { 0, 1, 2 })
            {
                if (j == i) break;
                using var a = new Resource($"a{i}{j}");
                using Resource b = new("b"), c = new("c");
                if (i == 3 && j == 1) return;
                Log($"{i}{j}");
            }
        }
        """, types: """public sealed class Resource(string name) : IDisposable { public void Dispose() => Log("dispose " + name); }""");

    [Fact]
    public void Using_statements_and_declarations() => Body("""
        using var a = new Resource("a");
        using (var b = new Resource("b")) { await Coroutine.Yield(); Log("in b"); }
        using (Resource? none = null) { await Coroutine.Yield(); }
        using (new Resource("temp")) await Coroutine.Yield();
        using Holder h = new("h"), h2 = new("h2");
        await Coroutine.Yield();
        Log("end");
        """, types: """
        public sealed class Resource(string name) : IDisposable { public void Dispose() => Log("dispose " + name); }
        public struct Holder(string name) : IDisposable { public void Dispose() => Log("dispose " + name); }
        """);

    [Fact]
    public void Leaves_may_jump_out() => Body("""
        for (int i = 0; ; i++)
        {
            await Coroutine.Yield();
            lock (Lines) { if (i == 1) continue; }
            foreach (var x in new[] { 1, 2 }) { if (x == 2) break; if (i == 3) return; }
            Func<int> f = () => { return 5; };
            Log(i + f());
        }
        """);

    [Fact]
    public void Constants_and_local_functions() => Body("""
        const int Size = 3; const string Name = "n" + nameof(Size);
        Log(Add(Size, await Later(1)) + Name);
        int Add(int x, int y) => x + y + Size;
        await Coroutine.Yield();
        Log(nameof(Later));
        """);

    [Fact]
    public void Variables_declared_in_expressions() => Body("""
        if (!int.TryParse("12", out var number)) return;
        await Coroutine.Yield();
        Log(number);
        object o = "text";
        if (o is string s && s.Length == await Later(4)) Log(s);
        if (o is not string t) return;
        await Coroutine.Yield();
        Log(t);
        var (a, b) = (1, "b");
        await Coroutine.Yield();
        (int c, string d) = (await Later(5), await Text("d"));
        Log(a + b + c + d);
        { Log(int.TryParse("3", out var n) ? n : 0); await Coroutine.Yield(); }
        { Log(int.TryParse("4", out var n) ? n : 0); await Coroutine.Yield(); }
        """);

    [Fact]
    public void Sections_jump_to_each_other() => Body("""
        for (int i = 0; i < 4; i++)
        {
            switch (i)
            {
                case 0: await Coroutine.Yield(); Log("zero"); goto case 2;
                case 1: try { await Coroutine.Yield(); goto default; } finally { Log("finally"); }
                case 2: Log("two"); if (i == 0) goto default; break;
                default: Log(await Text("default")); break;
            }
        }
        switch (await Text("a")) { case "a": goto case "b"; case "b": Log("b"); break; }
        """);

    [Fact]
    public void Labels_and_gotos_cross_suspensions() => Body("""
        int i = 0;
        again: await Coroutine.Yield(); Log(i);
        if (i++ < 2) goto again;
        for (int a = 0; a < 3; a++) for (int b = 0; b < 3; b++) { if (await Is(a + b == 2)) goto found; try { if (b == 1) goto next; } finally { Log("f"); } next: Log(b); }
        found: Log("found");
        try { again2: await Coroutine.Yield(); if (i++ < 5) goto again2; if (i < 9) goto end; Log("never"); } finally { Log("finally"); }
        end: ;
        """);
}
