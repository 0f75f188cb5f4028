namespace Coroutines.Differential.Matrix;

/// <summary>Places where a coroutine may be declared, and what may stand in its signature: a body, and the members that it calls.</summary>
internal static class DeclarationConstructs
{
    public static readonly IReadOnlyList<(string Name, string Body, string Members)> All =
    [
        ("record", "t.Add(\"sum\" + await new Spot(n, 2).Sum(t, S(3)));", "public partial record Spot(int X, int Y) { [Coroutine] public async Coroutine<int> Sum(Trace t, int z) { var moved = this with { X = A(X) }; return moved.X + Y + A(z); } }"),
        ("record_struct", "var spot = new Spot(n, 2); t.Add(\"sum\" + await spot.Sum(t, 3) + spot.X);", "public partial record struct Spot(int X, int Y) { [Coroutine] public async Coroutine<int> Sum(Trace t, int z) { X += A(z); return X + Y + A(1); } }"),
        ("struct_receiver", "var tally = new Own { V = 1 }; await tally.Grow(t); t.Add(\"v\" + tally.V);", "public partial struct Own { public int V; [Coroutine] public async Coroutine Grow(Trace t) { V += A(2); V++; t.Add(\"in\" + V + A(1)); } }"),
        ("primary_constructor", "var own = new Own(t, n, list); t.Add(await own.Run() + list.Count); t.Add(await own.Run() + \"\");", "public partial class Own(Trace t, int start, List<int> all) { private int _runs; [Coroutine] public async Coroutine<string> Run() { _runs += A(1); all.Add(start++); Func<string> f = () => start + \":\" + all.Count; int got = A(start); return f() + got + _runs; } }"),
        ("partial_method", "t.Add(\"half\" + await Half(t, A(4)));", "[Coroutine] private static partial Coroutine<int> Half(Trace t, int v); private static partial async Coroutine<int> Half(Trace t, int v) { int got = A(v); return got / 2; }"),
        ("nested_generic", "await new Outside<int>.Inside<string>().Run(t, n, s); await new Outside<byte>.Inside<Box>().Run(t, 1, box);", "public partial class Outside<V> where V : struct { public partial class Inside<W> where W : class { [Coroutine] public async Coroutine Run(Trace t, V v, W w) { V kept = (G(v)); await More<double>(t, kept, 1.5); t.Add(\"w\" + (G(w))); } [Coroutine] private async Coroutine More<X>(Trace t, V v, X x) where X : IComparable<X> { t.Add($\"{v}{x}{A(1)}\"); } } }"),
        ("constraints", "t.Add(await All<int, string, List<int>, DayOfWeek>(t, n, s, list, DayOfWeek.Friday));", "[Coroutine] private static async Coroutine<string> All<V, W, X, Y>(Trace t, V v, W w, X x, Y y) where V : unmanaged where W : notnull where X : class?, ICollection<int>, new() where Y : struct, Enum { x!.Add(A(new X()!.Count)); return $\"{v}{w}{x.Count}{y}\" + A(2); }"),
        ("static_abstract", "t.Add(\"v\" + (await Add(t, new[] { new Own(A(1)), new Own(2) })).V);", "public interface IAdd<V> where V : IAdd<V> { static abstract V Zero { get; } static abstract V operator +(V a, V b); } public readonly record struct Own(int V) : IAdd<Own> { public static Own Zero => new(0); public static Own operator +(Own a, Own b) => new(a.V + b.V); } [Coroutine] private static async Coroutine<V> Add<V>(Trace t, V[] all) where V : IAdd<V> { V sum = V.Zero; foreach (V v in all) { sum = (G(sum)) + v; sum += (G(v)); } return sum; }"),
        ("base_call", "await new Derived().Run(t, A(2)); Base plain = new Derived(); await plain.Shared(t);", "public abstract partial class Base { [Coroutine] public async Coroutine Shared(Trace t) { t.Add(\"shared\" + A(1)); } [Coroutine] protected async Coroutine Prepare(Trace t, int v) { t.Add(\"base\" + A(v)); } } public sealed partial class Derived : Base { [Coroutine] public async Coroutine Run(Trace t, int v) { await base.Prepare(t, v + 1); await Prepare(t, v); t.Add(\"derived\" + A(v)); } }"),
        ("operators", "var m = new Own(A(1)) + A(2); m += A(3); m++; t.Add((int)m + \"\"); long wide = (G(m)); t.Add(wide + \"\" + ((G(m)) > new Own(2)) + -(G(m)).V);", "public sealed record Own(int V) { public static Own operator +(Own a, int b) => new(a.V + b); public static Own operator ++(Own a) => new(a.V + 1); public static explicit operator int(Own m) => m.V; public static implicit operator long(Own m) => m.V * 10; public static bool operator >(Own a, Own b) => a.V > b.V; public static bool operator <(Own a, Own b) => a.V < b.V; }"),
        ("caller_information", "Check(t, A(1) > 0); Check(t, n + 1 == 6); Who(t); await Coroutine.Yield(); Who(t);", "private static void Check(Trace t, bool value, [CallerArgumentExpression(nameof(value))] string text = \"\", [CallerLineNumber] int line = 0) => t.Add(text.Replace(\"await P.A(t, 1)\", \"a\") + line + value); private static void Who(Trace t, [CallerMemberName] string name = \"\", [CallerFilePath] string file = \"\") => t.Add(name + file);"),
        ("accessors", "Total = A(1); Total += A(2); t.Add(\"total\" + Total++ + A(3) + Total); Changed += G<Action<int>>(v => t.Add(\"changed\" + v)); Changed?.Invoke(A(4)); Changed = null;", "private static int Total { get; set; } private static event Action<int>? Changed;"),
        ("defaults", "await Many(t); await Many(t, c: A(1)); await Many(t, 4, more: [A(2), S(3)]);", "[Coroutine] private static async Coroutine Many(Trace t, int a = 7, string? b = \"b\", double c = 1.5, DayOfWeek d = DayOfWeek.Monday, int? e = null, params int[] more) { t.Add($\"{a}{b}{c.ToString(System.Globalization.CultureInfo.InvariantCulture)}{d}{e}{more.Length}\" + A(1)); }"),
        ("interface_calls", "IRuns runs = new Runs(); await runs.Public(t, 1); await new Runs().Public(t, A(2)); await Through<Runs>(t);", "public interface IRuns { Coroutine Public(Trace t, int v); static abstract Coroutine<int> Made(Trace t); } public partial class Runs : IRuns { [Coroutine] public async Coroutine Public(Trace t, int v) { t.Add(\"public\" + A(v)); } [Coroutine] public static async Coroutine<int> Made(Trace t) { return A(3) + A(4); } } [Coroutine] private static async Coroutine Through<V>(Trace t) where V : IRuns { t.Add(\"made\" + await V.Made(t)); }"),
        ("unsafe_blocks", "unsafe { fixed (int* p = arr) { n += p[1]; } int* q = stackalloc int[2]; q[0] = 4; n += *q; } n += A(1); { ref int first = ref arr[0]; first += n; Span<int> span = arr; span[..2].Reverse(); n += span[^1]; } n += A(2); foreach (ref int x in arr.AsSpan()) x++; Slot(arr, 1) += 2; nint word = (nint)A(3); await Coroutine.Yield(); t.Add(\"w\" + word + arr.Length);", "private static ref int Slot(int[] all, int i) => ref all[i];"),
        ("list_patterns", "if (arr is [var head, .. var middle, > 0 and var last]) { await Coroutine.Yield(); t.Add(\"p\" + head + middle.Length + A(last)); } t.Add(arr switch { [1, ..] => \"one\" + A(1), [] => \"none\", _ => \"other\" } + arr[^A(1)] + arr[A(1)..^S(1)].Length);", ""),
        ("directives", """
            #if NEVER
            t.Add("never");
            #else
            t.Add("else" + A(1));
            #endif
            #pragma warning disable CS0219
            int unused = 1;
            #region here
            await Coroutine.Yield(); t.Add("region");
            #endregion
            """, ""),
        ("interface_static", "t.Add(\"r\" + await ISource.Read(t, S(2)) + await ISource<int>.Twice(t, n));", "public partial interface ISource { [Coroutine] static async Coroutine<int> Read(Trace t, int v) { t.Add(\"read\"); return v + A(1) + await Own(t); } [Coroutine] private static async Coroutine<int> Own(Trace t) => A(3); } public partial interface ISource<T> { [Coroutine] static async Coroutine<T> Twice(Trace t, T v) { T first = G(v); Func<T> f = () => first; await ISource.Read(t, 4); return f(); } }"),
    ];
}
