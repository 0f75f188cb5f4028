namespace Coroutines.Differential.Matrix;

/// <summary>Statements that suspend, as whole bodies.</summary>
internal static class StatementConstructs
{
    public static readonly IReadOnlyList<(string Name, string Body)> All =
    [
        ("access_statement", "box?.Change(A(1)); none?.Change(A(2)); box.Nothing?.Items.Add(A(3)); box.Self?.Items.Add(A(4)); t.Add(\"items\" + box.Items.Count);"),
        ("checked_block", "byte b = 250; try { checked { b += 3; b++; await Coroutine.Yield(); for (int i = 0; i < A(9); i++) b++; } } catch (OverflowException) { t.Add(\"over\" + b); }"),
        ("unchecked_block", "unchecked { int big = int.MaxValue; big++; big += A(2); big = big * 2 + A(1); Func<int> f = () => big * 3; t.Add(\"big\" + f()); checked { try { n = int.MaxValue; n += A(1); } catch (OverflowException) { t.Add(\"over\"); } } }"),
        ("checked_handlers", "checked { try { await Coroutine.Yield(); throw new ArgumentException(); } catch (ArgumentException) { int big = int.MaxValue; try { big *= 2; } catch (OverflowException) { t.Add(\"in catch\"); } } finally { try { arr[0] += int.MaxValue; } catch (OverflowException) { t.Add(\"in finally\"); } } }"),
        ("grid", "foreach (int x in grid) { await Coroutine.Yield(); t.Add(\"x\" + x); } foreach (string x in new string[,,] { { { \"a\" }, { \"b\" } } }) t.Add(x + A(1));"),
        ("switch_guards", "foreach (object x in new object[] { 1, 7, \"s\", 2.5 }) switch (x) { default: t.Add(\"other\"); break; case 1 when B(false): t.Add(\"never\"); break; case int k when k > 5 && B(true): t.Add(\"big\" + k); break; case 1: case string when B(true): t.Add(\"one or text\"); break; }"),
        ("captured_do", "var later = new List<Func<int>>(); int i = 0; do await Coroutine.Yield(); while (P.Keep(later, i * 10, out var f) && A(i++) is var x && P.Keep(later, () => x + i) && x < 2); foreach (var g in later) t.Add(\"g\" + g());"),
        ("captured_for", "var later = new List<Func<int>>(); for (int i = 0; P.Try(i + 1, out int x) && P.Keep(later, () => x) && A(i) < 2; i += P.Try(1, out int y) && P.Keep(later, () => y + n) ? 1 : 2) await Coroutine.Yield(); foreach (var g in later) t.Add(\"g\" + g());"),
        ("captured_source", "var later = new List<Func<int>>(); foreach (int i in P.Try(A(3), out int x) && P.Keep(later, () => x++ + n) ? arr : []) { await Coroutine.Yield(); t.Add(\"i\" + i + later[0]()); }"),
        ("event_added", "box.Changed += G<Action<int>>(v => t.Add(\"changed\" + v)); box.Change(A(1));"),
        ("array_initializer", "int[] values = { S(1), A(2), n }, more = { A(4) }; t.Add(string.Join(\",\", values) + more[0]); int[,] table = { { A(1), S(2) }, { S(3), A(4) } }; t.Add(\"t\" + table[1, 1]);"),
        ("goto_case", "switch (A(1)) { case 1: t.Add(\"one\"); await Coroutine.Yield(); goto case 2; case 2: t.Add(\"two\"); goto default; default: t.Add(\"default\"); break; }"),
        ("labels", "again: n += A(1); if (n < 8) goto again; t.Add(\"n\" + n);"),
        ("nested_finally", "for (int i = 0; i < 3; i++) { try { try { await Coroutine.Yield(); if (i == 1) continue; if (i == 2) break; } finally { t.Add(\"inner\" + A(i)); } } finally { t.Add(\"outer\" + i); } }"),
        ("catch_when", "try { await Coroutine.Yield(); throw new ArgumentException(\"x\"); } catch (ArgumentException e) when (e.Message == \"y\") { t.Add(\"never\"); } catch (Exception e) when (e.Message is var m && m.Length == 1) { t.Add(m + A(1)); }"),
        ("rethrow", "try { try { await Coroutine.Yield(); throw new ArgumentException(\"x\"); } catch (ArgumentException) { t.Add(\"v\" + A(1)); throw; } } catch (Exception e) { t.Add(e.GetType().Name); }"),
        ("deconstruction", "var (x, (y, _)) = (A(1), (A(2), S(3))); foreach (var (k, v) in new[] { (1, 2), (3, 4) }) t.Add(\"kv\" + (k + v + A(k))); t.Add(\"xy\" + x + y);"),
        ("per_iteration", "var later = new List<Func<int>>(); foreach (int i in arr) { int own = A(i); later.Add(() => own++ + i); } foreach (var g in later) t.Add(\"g\" + g() + g());"),
        ("local_functions", "int Add(int v) => n += v; int Twice(int v) { return v > 0 ? Add(v) + Twice(v - 1) : 0; } t.Add(\"t\" + Twice(A(2)) + n);"),
        ("spans", "{ Span<int> span = stackalloc int[2]; span[0] = n; ref int first = ref span[0]; first++; n = span[0]; } await Coroutine.Yield(); t.Add(\"n\" + n);"),
        ("locked", "lock (box) { n++; } await Coroutine.Yield(); lock (box) { n += 2; } t.Add(\"n\" + n);"),
        ("constants", "const int Limit = 2; const string Name = nameof(n); for (int i = 0; i < Limit; i++) t.Add(Name + A(i));"),
        ("access_of_any", "[Coroutine] async Coroutine Use<V>(V v, V w) where V : ICount? { t.Add(\"c\" + (v?.Count(A(1)) ?? -1) + (v?.Total ?? -1)); v?.Count(A(2)); V u = v ?? (G(w)); u ??= (G(w)); t.Add(\"u\" + u?.Count(A(3)) + v?.Total + w?.Total); v = w; t.Add(\"w\" + (G(v))?.Count(A(4)) + v?.Total); } await Use(new Counter(), new Counter()); await Use<Counter?>(null, new Counter()); await Use(new Tally(), new Tally());"),
        ("access_of_any_replaced", "[Coroutine] async Coroutine Use<V>(V v, V w) where V : ICount { V first = v; t.Add(\"c\" + v?.Count((v = w) is null ? S(0) : A(1))); t.Add(\"t\" + first.Total + v.Total + w.Total); Func<int> f = () => v.Total; await Coroutine.Yield(); v?.Count(A(2)); t.Add(\"f\" + f()); } await Use(new Counter(), new Counter()); await Use(new Tally(), new Tally());"),
        ("checked_lambdas", "checked { int i = int.MaxValue - 1; await Coroutine.Yield(); Action grow = () => i++; Func<int> read = () => i += 1; grow(); try { grow(); } catch (OverflowException) { t.Add(\"over\" + i); } try { n = read(); } catch (OverflowException) { t.Add(\"over\" + A(i)); } }"),
        ("dynamic_awaits", "dynamic task = P.Foreign(t, 4); t.Add(\"d\" + (int)(await task)); dynamic done = Task.CompletedTask; await done; var got = await (dynamic)P.Foreign(t, 5); t.Add(\"g\" + (int)got + A(1)); try { await (dynamic)n; } catch (Microsoft.CSharp.RuntimeBinder.RuntimeBinderException) { t.Add(\"not awaitable\"); } finally { await (dynamic)P.Foreign(t, 6); }"),
        ("dynamic_foreach", "dynamic all = new List<int> { 1, A(2) }; foreach (var x in all) { await Coroutine.Yield(); t.Add(\"x\" + (int)(x + n)); } foreach (int x in all) t.Add(\"y\" + A(x)); try { foreach (string x in all) await Coroutine.Yield(); } catch (Exception e) { t.Add(e.Message); } foreach (long x in all) { await Coroutine.Yield(); t.Add(\"z\" + x); } all = n; try { foreach (var x in all) await Coroutine.Yield(); } catch (Microsoft.CSharp.RuntimeBinder.RuntimeBinderException) { t.Add(\"none\"); }"),
        ("own_condition", "if ((G(new Flag(t, 1)))) t.Add(\"if\"); int i = 0; while ((G(new Mask(i++ < 2 ? 1 : 0)))) t.Add(\"while\"); do t.Add(\"do\"); while ((G(new Mask(--i)))); for (; (G(new Mask(i++ < 1 ? 1 : 0))) || (G(new Mask(0))); ) t.Add(\"for\");"),
    ];
}
