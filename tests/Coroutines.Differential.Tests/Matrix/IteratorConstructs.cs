namespace Coroutines.Differential.Matrix;

/// <summary>Generator-style coroutines: each kind of thing to yield, at each place where a <c>yield return</c> can stand.</summary>
internal static class IteratorConstructs
{
    private static readonly (string Name, string Text)[] s_yielded =
    [
        ("nothing", "null"),
        ("turn", "Coroutine.Yield()"),
        ("delay", "Coroutine.Delay(TimeSpan.FromMilliseconds(n))"),
        ("coroutine", "P.A(t, ++n)"),
        ("iterator", "J(t, ++n).AsCoroutine()"),
        ("task", "t.Loop.Spawn(J(t, n))"),
        ("result", "(last = P.A(t, 3).WithResult())"),
        ("interface", "n > 5 ? null : (ILoopAwaitable)P.A(t, n)"),
    ];

    /// <summary><c>{Y}</c> is a <c>yield return</c>.</summary>
    private static readonly (string Name, string Body)[] s_places =
    [
        ("plain", "t.Add(\"a\"); {Y} t.Add(\"b\" + n); {Y}"),
        ("if", "if (o is int k && k > 1) { {Y} t.Add(\"k\" + k); } else {Y}"),
        ("for", "for (int i = 0; i < 3; i++) { if (i == 1) continue; {Y} t.Add(\"i\" + i); }"),
        ("foreach", "foreach (int x in P.Items(t, 3)) { {Y} if (x == 1) break; }"),
        ("while", "int i = 0; while (i++ < 2) {Y} do { {Y} } while (i++ < 3);"),
        ("finally", "try { t.Add(\"in\"); {Y} t.Add(\"on\"); } finally { t.Add(\"out\" + n); }"),
        ("nested_finally", "for (int i = 0; i < 2; i++) { try { try { {Y} if (i == 0) continue; } finally { t.Add(\"inner\" + i); } } finally { t.Add(\"outer\"); } }"),
        ("left", "try { {Y} if (n >= 0) yield break; } finally { t.Add(\"left\"); }"),
        ("using", "using (new Resource(t, 1)) { {Y} } using var two = new Resource(t, 2); {Y} t.Add(\"held\");"),
        ("switch", "switch (n) { case 5: {Y} goto case 6; case 6: t.Add(\"six\"); break; default: {Y} break; }"),
        ("label", "again: n++; {Y} if (n < 8) goto again;"),
        ("captured", "var later = new List<Func<int>>(); foreach (int i in arr) { int own = i; later.Add(() => own++ + n); {Y} } foreach (var g in later) t.Add(\"g\" + g() + g());"),
        ("pattern", "var (x, y) = pair; if (list is [7, var e]) { {Y} t.Add(\"e\" + e + x + y); }"),
        ("checked", "checked { byte small = 250; {Y} try { small += 9; } catch (OverflowException) { t.Add(\"over\"); } }"),
        ("catch_beside", "try { {Y} try { throw new ArgumentException(\"x\"); } catch (ArgumentException e) when (e.Message == \"x\") { t.Add(e.Message); } } finally { t.Add(\"f\"); } {Y}"),
    ];

    public static IEnumerable<MatrixProgram> Programs =>
        from place in s_places
        from yielded in s_yielded
        select MatrixProgram.OfIterator($"yield_{yielded.Name}_in_{place.Name}", place.Body.Replace("{Y}", $"yield return {yielded.Text};", StringComparison.Ordinal));
}
