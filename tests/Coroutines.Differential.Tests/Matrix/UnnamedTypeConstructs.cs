namespace Coroutines.Differential.Matrix;

/// <summary>Variables and values of types with anonymous types in them that outlive a suspension, as whole bodies.</summary>
internal static class UnnamedTypeConstructs
{
    public static readonly IReadOnlyList<(string Name, string Body)> All =
    [
        ("anonymous_local", "var a = new { X = 1, Name = A(2), Inner = new { n } }; await Coroutine.Yield(); t.Add(\"a\" + a.X + a.Name + a.Inner.n + a); a = new { X = A(3), a.Name, a.Inner }; t.Add(\"a\" + a);"),
        ("anonymous_list", "var all = arr.Select(x => new { x, Twice = x * 2 }).ToList(); foreach (var i in all) { n += A(i.Twice); t.Add(\"i\" + i); } all.Add(new { x = A(4), Twice = 0 }); t.Add(\"all\" + all.Count + all[^1]);"),
        ("anonymous_array", "var all = new[] { new { V = A(1) }, new { V = S(2) } }; foreach (var i in all) t.Add(\"i\" + A(i.V)); all[A(0)] = new { V = 5 }; t.Add(all[0].V + \"\");"),
        ("anonymous_query", "var q = from x in arr let y = x + n where y > 6 select new { x, y }; await Coroutine.Yield(); foreach (var i in q) { t.Add(i + \"\" + A(i.y)); } var groups = q.GroupBy(i => i.x % 2).ToDictionary(g => g.Key); foreach (var (k, g) in groups) foreach (var i in g) t.Add(k + \"g\" + A(i.x));"),
        ("anonymous_captured", "var a = new { V = n }; Func<int> f = () => a.V; await Coroutine.Yield(); a = new { V = A(f()) + 1 }; t.Add(\"f\" + f()); int Read() => a.V; await Coroutine.Yield(); t.Add(\"r\" + Read());"),
        ("anonymous_local_function", "var a = new { V = n }; [Coroutine] async Coroutine Grow(int by) { a = new { V = a.V + A(by) }; t.Add(\"v\" + a.V); } await Grow(1); await Grow(2); t.Add(\"a\" + a);"),
        ("anonymous_operand", "t.Add(new { V = 1 }.ToString() + A(2)); t.Add((n > 1 ? new { V = A(1) } : new { V = S(2) }).V + \"\"); var a = n > 9 ? null : new { V = A(3) }; t.Add((a ?? new { V = A(4) }).V + \"\" + (a?.V.Plus(A(5)) ?? 0));"),
        ("anonymous_pattern", "var a = new { V = A(1), W = new List<int> { 2 } }; if (a is { V: > 0 and var v, W: [var w] }) { t.Add(\"v\" + A(v) + w); } switch (a) { case { V: 1 } x when B(true): t.Add(\"x\" + x.W.Count + A(2)); break; } t.Add(a switch { { V: 1 } x => \"one\" + A(x.V), _ => \"none\" });"),
        ("anonymous_delegate", "var f = P.Typed(new { V = n }); await Coroutine.Yield(); var a = new { V = A(2) }; t.Add(\"f\" + f(a) + A(3));"),
    ];
}
