namespace Coroutines.Differential.Matrix;

/// <summary>Where an expression of type <c>int</c> can stand. <c>{E}</c> is the expression; whatever it gives reaches the trace.</summary>
internal static class Positions
{
    public static readonly IReadOnlyList<(string Name, string Body)> All =
    [
        ("local", "int whole = {E}; t.Add(\"x\" + whole);"),
        ("statement", "_ = {E};"),
        ("compound", "n += {E}; arr[S(1)] -= {E1};"),
        ("argument", "P.Three(t, S(91), {E}, S(92));"),
        ("operand", "t.Add(\"sum\" + (n + ({E}) * S(2) + n));"),
        ("interpolation", "t.Add($\"{S(3)} {({E}),4} {n:D3}\");"),
        ("condition", "if (({E}) > 2) t.Add(\"more\"); else t.Add(\"less\");"),
        ("while", "int i = 0; while (i++ < 2 && ({E}) != 1000) t.Add(\"turn\" + i);"),
        ("do", "int i = 0; do t.Add(\"turn\" + i); while (i++ < 1 && ({E}) != 1000);"),
        ("for", "for (int i = ({E}) & 1; i < 3; i += 2) { t.Add(\"turn\" + i); await Coroutine.Yield(); }"),
        ("switch", "switch ({E}) { case 1: t.Add(\"one\"); break; case > 3: t.Add(\"big\"); await Coroutine.Yield(); break; default: t.Add(\"other\"); break; }"),
        ("foreach", "foreach (int i in new[] { {E}, S(93) }) { await Coroutine.Yield(); t.Add(\"item\" + i); }"),
        ("try", "try { t.Add(\"v\" + ({E})); } catch (InvalidOperationException e) { t.Add(e.Message); } finally { t.Add(\"finally\"); }"),
        ("catch", "try { n++; throw new ArgumentException(\"x\"); } catch (ArgumentException) { t.Add(\"v\" + ({E})); }"),
        ("finally", "try { await Coroutine.Yield(); } finally { t.Add(\"v\" + ({E})); }"),
        ("using", "using (new Resource(t, {E})) { await Coroutine.Yield(); t.Add(\"in\"); }"),
        ("captured", "int own = 1; Func<int> f = () => own++ + n; int whole = ({E}) + f(); t.Add(\"x\" + whole + own);"),
        ("throw", "if (n > 0) throw new InvalidOperationException(\"v\" + ({E}));"),
        ("checked", "checked { byte small = 250; try { small += (byte)(({E}) & 127); t.Add(\"fits\" + small); } catch (OverflowException) { t.Add(\"overflow\"); } }"),
    ];
}
