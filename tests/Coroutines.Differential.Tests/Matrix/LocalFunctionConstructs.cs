namespace Coroutines.Differential.Matrix;

/// <summary>Local functions that are coroutines, as whole bodies.</summary>
internal static class LocalFunctionConstructs
{
    public static readonly IReadOnlyList<(string Name, string Body)> All =
    [
        ("local_awaited", "[Coroutine] async Coroutine<int> Twice(int v) { t.Add(\"twice\" + v); int got = A(v); return got * 2; } t.Add(\"x\" + (S(1) + await Twice(A(2)) + await Twice(v: S(3))));"),
        ("local_spawned", "var children = new List<CoroutineTask<int>>(); for (int i = 0; i < 2; i++) { int own = i; [Coroutine] async Coroutine<int> Child(int v) { own += A(v); return own + n + i; } children.Add(t.Loop.Spawn(Child(i + 1))); own += 10; } foreach (var child in children) t.Add(\"child\" + await child);"),
        ("local_capturing", "int sum = 0; [Coroutine] async Coroutine Add(int by) { sum += by; n += A(sum); s += by; } await Add(1); t.Add(\"sum\" + sum); await Add(2); t.Add(\"sum\" + sum + s);"),
        ("local_recursive", "int depth = 0; [Coroutine] async Coroutine<int> Factorial(int v) { depth++; int own = v; Func<int> read = () => own + depth; int below = v <= 1 ? 1 : await Factorial(v - 1); t.Add(\"read\" + read()); return A(v) * below; } n = await Factorial(3);"),
        ("local_mutual", "[Coroutine] async Coroutine<bool> Even(int v) => v == 0 || await Odd(v - 1); [Coroutine] async Coroutine<bool> Odd(int v) { n += A(1); return v != 0 && await Even(v - 1); } t.Add(\"even\" + await Even(3));"),
        ("local_finally", "[Coroutine] async Coroutine Guarded() { try { n = A(1); } finally { t.Add(\"left\" + n); n = A(2); } } try { await Guarded(); } catch (InvalidOperationException e) { t.Add(e.Message); } finally { await Guarded(); }"),
        ("local_nested", "int a = 1; [Coroutine] async Coroutine Outer(int b) { int c = A(b); [Coroutine] async Coroutine Inner(int d) { a += d; b += d; c += A(d); } await Inner(2); await Inner(3); t.Add(\"abc\" + a + b + c); } await Outer(4); t.Add(\"a\" + a);"),
        ("local_plain", "const int Step = 3; int Next(int v) { n += v; return Half(n); } static int Half(int v) => v / 2; [Coroutine] async Coroutine<int> Run(int v) { int got = Next(A(v)); Func<int, int> f = Next; return f(got) + Step + Half(A(8)); } t.Add(\"run\" + await Run(1) + Next(2));"),
        ("local_delegate", "[Coroutine] async Coroutine<int> Add(int v) { n += A(v); return n; } Func<int, Coroutine<int>> f = Add, g = Add; t.Add(\"same\" + (f == g) + await f(1)); Func<Coroutine<int>> later = () => Add(2); t.Add(\"later\" + await later());"),
        ("local_generic", "[Coroutine] async Coroutine<(V, W)> Pair<V, W>(V v, W w) where W : class { n += A(1); return (v, w); } var (one, two) = await Pair(A(1), \"w\"); t.Add(one + two + await Pair<object, string>(n, \"x\"));"),
        ("local_static", "[Coroutine] static async Coroutine<int> Alone(Trace t, int v = 4, params int[] more) { int got = A(v); return got + more.Length; } t.Add(\"alone\" + (await Alone(t) + await Alone(t, 1, 2, 3)));"),
        ("local_in_try", "try { [Coroutine] async Coroutine Fail() { n = A(1); throw new ArgumentException(\"failed\"); } await Fail(); } catch (ArgumentException e) { [Coroutine] async Coroutine Handle() { t.Add(e.Message + A(2)); } await Handle(); }"),
        ("local_in_switch", "switch (n) { case 5: int kept = 1; [Coroutine] async Coroutine Section() { kept += A(1); } await Section(); t.Add(\"kept\" + kept); break; default: break; }"),
        ("local_checked", "checked { [Coroutine] async Coroutine<int> Grow(int v) { try { return v * int.MaxValue + A(1); } catch (OverflowException) { return A(2); } } t.Add(\"grown\" + await Grow(n)); }"),
        ("local_in_lambda_called", "[Coroutine] async Coroutine<int> Add(int v) { n += v; return A(n); } Func<int, Task<int>> f = async v => await Add(v) + n; t.Add(\"f\" + await f(2));"),
    ];
}
