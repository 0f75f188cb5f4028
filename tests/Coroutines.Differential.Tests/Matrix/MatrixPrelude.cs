namespace Coroutines.Differential.Matrix;

/// <summary>What the programs of the matrix call. Every operand that suspends is a point where a fault can be injected.</summary>
internal static class MatrixPrelude
{
    public const string Source = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.Linq;
        global using System.Runtime.CompilerServices;
        global using System.Text;
        global using System.Threading.Tasks;
        global using Coroutines;
        global using Coroutines.Differential;

        namespace Programs
        {
            public sealed class Box(Trace t)
            {
                private readonly int[] _values = { 10, 20, 30 };
                private int _p = 2;
                public int X = 6;
                public Box Self { get { t.Add("self"); return this; } }
                public Box? Nothing { get { t.Add("nothing"); return null; } }
                public Point Inner { get; } = new();
                public List<int> Items { get; } = new();
                public int P { get { t.Add("get"); return _p; } set { t.Add("set" + value); _p = value; } }
                public int this[int i] { get { t.Add("get" + i); return _values[i]; } set { t.Add("set" + i); _values[i] = value; } }
                public event Action<int>? Changed;
                public void Change(int v) => Changed?.Invoke(v);
                public int Add(int a, int b) => X + a * 10 + b;
            }

            public class Point { public int X { get; set; } public int Y; }
            public sealed class Pair(int a, int b) { public int Sum => a + b; }
            public sealed record Rec(int X, int Y);
            public record struct Small(int A, int B);
            public sealed class Initial { public int First { get; init; } public int Second { get; init; } }
            public class Named { public required string Name { get; init; } }
            public sealed class Needed(int seed) : Named { public required int Size; public int Seed => seed; }
            public class Kept<V>
            {
                private V? _first;
                public V? First { get => _first; init { Bag.Current.Add("first" + value); _first = value; } }
                public virtual int Second { get; init; }
                public required List<V> Items { get; init; }
            }
            public sealed class KeptMore<V>(V seed) : Kept<V[]> where V : notnull
            {
                public required V Last;
                public V Seed => seed;
                public override int Second { get => base.Second + 100; init { Bag.Current.Add("second" + value); base.Second = value; } }
                public int this[V at] { init { Bag.Current.Add("at" + at + value); Seen += value; } }
                public int Seen { get; private set; }
            }
            public sealed class Options(int a, string? b = "b", DayOfWeek day = DayOfWeek.Friday, params int[] more) { public required int Last { get; init; } public int Sum => a * 1000 + b!.Length * 100 + (int)day * 10 + more.Length + Last; }
            public class Hollow : Initial2 { public override int Read { get => base.Read * 2; } }
            public class Initial2 { public virtual int Read { get; init; } }
            public record Duo<V, W>(V First, W Second) where V : notnull where W : class, IEnumerable<char>;
            public readonly record struct Cell<V>(V A, int B);
            public struct Must<V> { public required V A { get; init; } public required int B; }
            public class Around<V> { public class Inside<W> where W : V { public V? Wide { get; init; } public W? Narrow { get; init; } public Place Spot; public Cell<V> Plain { get; init; } } }
            public interface IInitial { int Value { get; init; } }
            public sealed class Truth<V>(V value) where V : IEquatable<V>
            {
                public V Value => value;
                public static Truth<V> operator &(Truth<V> a, Truth<V> b) => new(b.Value);
                public static Truth<V> operator |(Truth<V> a, Truth<V> b) => new(b.Value);
                public static bool operator true(Truth<V> a) { Bag.Current.Add("true" + a.Value); return !a.Value.Equals(default!); }
                public static bool operator false(Truth<V> a) { Bag.Current.Add("false" + a.Value); return a.Value.Equals(default!); }
            }
            public struct Place { public int X, Y; }
            public sealed class Outer(Trace t)
            {
                private readonly Point _point = new();
                private readonly List<int> _items = [];
                public Place Place;
                public Point Point { get { t.Add("point"); return _point; } }
                public List<int> Items { get { t.Add("items"); return _items; } }
                public int Last { get; set; }
                public int this[int i] { set { t.Add("at" + i); Last += value; } }
            }
            public sealed class Holder(Dictionary<int, Outer> outers) { public Outer this[int i] => outers[i]; }
            public sealed class Yes(Trace t, bool value) { public static implicit operator bool(Yes yes) => yes.Value; private bool Value { get { t.Add("asked"); return value; } } }
            public sealed class Resource(Trace t, int id) : IDisposable { public void Dispose() => t.Add("close" + id); }

            public sealed class Flag(Trace t, int bits)
            {
                public int Bits => bits;
                public static Flag operator &(Flag a, Flag b) { a.Note("and"); return a.With(a.Bits & b.Bits); }
                public static Flag operator |(Flag a, Flag b) { a.Note("or"); return a.With(a.Bits | b.Bits); }
                public static bool operator true(Flag a) { a.Note("true"); return a.Bits != 0; }
                public static bool operator false(Flag a) { a.Note("false"); return a.Bits == 0; }
                private Flag With(int other) => new(t, other);
                private void Note(string what) => t.Add(what + bits);
            }
            public struct Mask(int bits)
            {
                public int Bits => bits;
                public static Mask operator &(Mask a, Mask b) => new(a.Bits & b.Bits);
                public static Mask operator |(Mask a, Mask b) => new(a.Bits | b.Bits);
                public static bool operator true(Mask a) => a.Bits != 0;
                public static bool operator false(Mask a) => a.Bits == 0;
            }
            public sealed class Log(Trace t)
            {
                public bool Enabled = true;
                public string Last = "";
                public Trace Trace => t;
                public int Write(int level, [InterpolatedStringHandlerArgument("", "level")] ref Pieces pieces, int more = 1) { Last = pieces.Text; t.Add("write" + level + more + Last); return Last.Length; }
                public int Limited([InterpolatedStringHandlerArgument("")] LimitedPieces pieces) { t.Add("limited" + pieces.Text); return pieces.Text.Length; }
                public static int Plain(PlainPieces pieces) => pieces.Text.Length;
            }
            [InterpolatedStringHandler]
            public struct Pieces
            {
                private readonly Trace _t;
                public string Text = "";
                public Pieces(int literals, int holes, Log log, int level, out bool enabled) { _t = log.Trace; _t.Add("pieces" + literals + holes + level); enabled = log.Enabled && level > 0; }
                public void AppendLiteral(string s) { _t.Add("literal" + s); Text += s; }
                public void AppendFormatted<V>(V v, int alignment = 0, string? format = null) { _t.Add("hole" + v); Text += string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0," + alignment + (format is null ? "}" : ":" + format + "}"), v); }
            }
            [InterpolatedStringHandler]
            public sealed class LimitedPieces(int literals, int holes, Log log)
            {
                public string Text = "";
                public bool AppendLiteral(string s) { Text += s; return true; }
                public bool AppendFormatted(int v) { log.Trace.Add("hole" + v); Text += v; return Text.Length < 4; }
            }
            [InterpolatedStringHandler]
            public struct PlainPieces(int literals, int holes)
            {
                public string Text = "";
                public void AppendLiteral(string s) => Text += s;
                public void AppendFormatted(object? v, string? format = null) => Text += v;
            }
            public sealed class Bag(Trace t) : System.Collections.IEnumerable
            {
                public Bag() : this(Current) => Current.Add("bag");
                [ThreadStatic] public static Trace Current = null!;
                public int Sum;
                public void Add(int v) { t.Add("add" + v); Sum = Sum * 10 + v; }
                public void Add(string v) { t.Add("text" + v); Sum += v.Length; }
                public IEnumerator<object> GetEnumerator() { yield return Sum; }
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
            [CollectionBuilder(typeof(Row), "Create")]
            public sealed class Row : List<int> { public static Row Create(ReadOnlySpan<int> values) { var row = new Row(); foreach (int v in values) row.Add(v); return row; } }
            public interface ICount { int Count(int by); int Total { get; } }
            public sealed class Counter : ICount { public int Total { get; private set; } public int Count(int by) => Total += by; }
            public struct Tally : ICount { public int Total { get; private set; } public int Count(int by) => Total += by; }

            public static partial class P
            {
                /// <summary>How many suspensions were reached, and at which of them to fail; 0 for none.</summary>
                public static int Points, Fault;

                private static T Reach<T>(T value) => ++Points == Fault ? throw new InvalidOperationException("fault " + Points) : value;

                [Coroutine] public static async Coroutine<int> A(Trace t, int v) { t.Add(v + "?"); await Coroutine.Yield(); t.Add(v + "!"); return Reach(v); }
                public static Coroutine<int> Once(Trace t, int v) => A(t, v);
                [Coroutine] public static async Coroutine<string> T(Trace t, string v) { t.Add(v + "?"); await Coroutine.Yield(); return Reach(v); }
                [Coroutine] public static async Coroutine<bool> B(Trace t, bool v) { t.Add(v + "?"); await Coroutine.Yield(); return Reach(v); }
                [Coroutine] public static async Coroutine<V> G<V>(Trace t, V v) { t.Add("g?"); await Coroutine.Yield(); return Reach(v); }

                public static int S(Trace t, int v) { t.Add("s" + v); return v; }
                public static int F(int a, int b, int c) => a * 100 + b * 10 + c;
                public static void Three(Trace t, int a, int b, int c) => t.Add("three" + a + "," + b + "," + c);
                public static int Optional(int x, int y = 7, int z = 8) => x * 100 + y * 10 + z;
                public static int Sum(params int[] values) => values.Sum();
                public static int Spanned(params ReadOnlySpan<int> values) { int sum = 0; foreach (int v in values) sum = sum * 10 + v; return sum; }
                public static int Bump(ref int place, int by, in int other) { place += by; return other; }
                public static bool Try(int v, out int got) { got = v * 2; return v > 0; }
                public static bool Keep(List<Func<int>> list, Func<int> f) { list.Add(f); return true; }
                public static bool Keep(List<Func<int>> list, int value, out Func<int> f) { list.Add(f = () => value); return true; }
                public static int Apply(Func<int, int> f, int v) => f(v);
                public static string Format(FormattableString text) => text.ArgumentCount + text.ToString(System.Globalization.CultureInfo.InvariantCulture);
                public static Func<T, string> Typed<T>(T example) => v => $"{example} {v}";
                public static T Same<T>(T v) => v;
                public static int Plus(this int a, int b) => a + b;

                public static IEnumerable<int> Items(Trace t, int count)
                {
                    try { for (int i = 0; i < count; i++) { t.Add("next" + i); yield return i; } }
                    finally { t.Add("items left"); }
                }

                public static Task<int> Foreign(Trace t, int value)
                {
                    var source = new TaskCompletionSource<int>();
                    t.Loop.CallSoon(static x => { x.t.Add("complete"); x.source.TrySetResult(x.value); }, (t, source, value));
                    return source.Task;
                }
            }
        }
        """;
}
