namespace Coroutines.Differential.RandomPrograms;

/// <summary>What random programs call. Compiled with them, so that its coroutines are lowered as theirs are.</summary>
internal static class ProgramPrelude
{
    public const string Source = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using Coroutines;
        global using Coroutines.Differential;

        namespace Programs
        {
            public sealed class TooLong : Exception { }

            public sealed class Box(Trace t)
            {
                private readonly int[] _values = { 7, 8 };
                private int _p;
                public int X;
                public int P { get => Programs.P.Say(t, "get", _p); set => _p = Programs.P.Say(t, "set", value); }
                public int this[int i] { get => Programs.P.Say(t, "get at " + i, _values[i]); set => _values[i] = Programs.P.Say(t, "set at " + i, value); }
                public Box Self { get { Programs.P.Say(t, "self"); return this; } }
                public Box? Maybe(bool there) { Programs.P.Say(t, "maybe", there ? 1 : 0); return there ? this : null; }
                public void Change(Trace to, int by) => X = Programs.P.Say(to, "change", X + by);
                public int Add(int a, int b) => X + a * 10 + b;
            }

            public sealed record Rec(int X, int Y);
            public record struct Small(int A, int B);

            public sealed class Made<V>(Trace t, V seed) where V : struct
            {
                private readonly V _first;
                public required V Needed;
                public V First { get => _first; init { Programs.P.Say(t, "first " + value); _first = value; } }
                public V this[V at] { init => Programs.P.Say(t, $"made {at} {value} {seed}"); }
            }

            public sealed class Resource(Trace t, int id) : IDisposable
            {
                public int Id { get; } = P.Say(t, "open", id);
                public void Dispose() => P.Say(t, "close", id);
            }

            public sealed partial class AsyncResource(Trace t, int id) : IAsyncDisposable
            {
                public int Id { get; } = P.Say(t, "open", id);
                public async ValueTask DisposeAsync() { P.Say(t, "close?", id); await P.Later(t, id); P.Say(t, "close!", id); }
            }

            public sealed partial class OwnResource(Trace t, int id)
            {
                public int Id { get; } = P.Say(t, "open", id);
                [Coroutine] public async Coroutine DisposeAsync() { P.Say(t, "close?", id); await Coroutine.Yield(); P.Say(t, "close!", id); }
            }

            public static partial class P
            {
                public static int Say(Trace t, string what, int value = 0)
                {
                    if (t.Lines.Count > 800) throw new TooLong();
                    t.Add(what + " " + value);
                    return value;
                }

                public static int CallAll(List<Func<int>> functions) { int sum = 0; foreach (var f in functions.ToArray()) sum += f(); return sum; }
                public static bool Ask(Trace t, int id, bool answer) { Say(t, "ask" + id, answer ? 1 : 0); return answer; }
                public static int Boom(Trace t, int id, bool really) { Say(t, "boom?", id); return really ? throw new InvalidOperationException("boom " + id) : id; }
                public static int F(int a, int b, int c) => a * 100 + b * 10 + c;
                public static int Sum(List<int> values) { int sum = 0; foreach (int v in values) sum = sum * 3 + v; return sum; }
                public static int Spanned(params ReadOnlySpan<int> values) { int sum = 0; foreach (int v in values) sum = sum * 10 + v; return sum; }
                public static bool Try(int v, out int got) { got = v * 2; return v > 3; }
                public static int Bump(ref int place, int by) { place += by; return place; }
                public static int Apply(Func<int, int> f, int v) => f(v);
                public static int Both((int, int) pair) => pair.Item1 * 10 + pair.Item2;

                public static IEnumerable<int> Items(Trace t, int count)
                {
                    try { for (int i = 0; i < count; i++) yield return i; }
                    finally { Say(t, "items left", count); }
                }

                public static async IAsyncEnumerable<int> Stream(Trace t, int count)
                {
                    try { for (int i = 0; i < count; i++) { if (i > 0) await Later(t, i); yield return i; } }
                    finally { Say(t, "stream left", count); await Later(t, count); }
                }

                [Coroutine] public static async Coroutine<int> Now(Trace t, int value) { Say(t, "now", value); return value; }
                [Coroutine] public static async Coroutine<int> Later(Trace t, int value) { Say(t, "later?", value); await Coroutine.Yield(); Say(t, "later!", value); return value; }
                [Coroutine] public static async Coroutine<int> Sleep(Trace t, int value)
                {
                    try { await Coroutine.Delay(TimeSpan.FromMilliseconds(value & 7)); Say(t, "slept", value); return value; }
                    finally { Say(t, "sleeper leaves", value); }
                }

                [Coroutine] public static async Coroutine<int> Fail(Trace t, int id) { Say(t, "fail?", id); await Coroutine.Yield(); throw new InvalidOperationException("fail " + id); }
                [Coroutine] public static async Coroutine<T> Same<T>(Trace t, T value) { await Coroutine.Yield(); return value; }
                [Coroutine] public static async Coroutine<(T, U)> Two<T, U>(Trace t, T left, U right) where T : IComparable<T> { Say(t, "two"); await Coroutine.Yield(); return (left, right); }
                [Coroutine] public static async Coroutine Nothing(Trace t) { await Coroutine.Yield(); Say(t, "nothing"); }
                [Coroutine] public static async Coroutine<bool> Is(Trace t, bool value) { Say(t, "is?", value ? 1 : 0); await Coroutine.Yield(); return value; }

                // Completed also when the trace is too long: a foreign await cannot be cancelled, so the loop would wait for ever.
                public static Future<int> Soon(Trace t, int value)
                {
                    var future = new Future<int>(t.Loop);
                    t.Loop.CallSoon(static x => { try { Say(x.t, "beside: set", x.value); } finally { x.future.TrySetResult(x.value); } }, (t, future, value));
                    return future;
                }

                public static Future<int> Broken(Trace t, int value)
                {
                    var future = new Future<int>(t.Loop);
                    t.Loop.CallSoon(static x => { try { Say(x.t, "beside: break", x.value); } finally { x.future.TrySetException(new ArgumentException("broken " + x.value)); } }, (t, future, value));
                    return future;
                }

                public static Task<int> Foreign(Trace t, int value)
                {
                    var source = new TaskCompletionSource<int>();
                    t.Loop.CallSoon(static x => { try { Say(x.t, "beside: complete", x.value); } finally { x.source.TrySetResult(x.value); } }, (t, source, value));
                    return source.Task;
                }

                public static async Task<int> Ordinary(Trace t, int value) => await Later(t, value) + 1;
            }
        }
        """;
}
