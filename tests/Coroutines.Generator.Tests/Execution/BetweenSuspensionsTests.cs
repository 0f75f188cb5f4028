using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>What cannot outlive a suspension may stand between two, run on both lowerings.</summary>
public sealed class BetweenSuspensionsTests
{
    private static void Body(string body) => BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}");

    [Fact]
    public void Ref_locals() => Body("""
        int[] a = [1, 2]; int b = 3;
        ref int r = ref a[0];
        r = 4; r++;
        r = ref a[1];
        r += 5;
        ref readonly int c = ref a[0];
        Log(c + r);
        await Coroutine.Yield();
        for (int i = 0; i < 2; i++) { ref int s = ref i == 0 ? ref a[0] : ref b; s += 10; await Coroutine.Yield(); Log(a[0] + b); }
        Log(a[0] + a[1] + b);
    """);

    [Fact]
    public void Spans() => Body("""
        Span<int> s = stackalloc int[2] { 1, 2 };
        Log(s[1]);
        await Coroutine.Yield();
        ReadOnlySpan<char> t = await Text("abc");
        Log(t.Length + t[1..].ToString());
        await Coroutine.Yield();
        foreach (ref int x in new int[] { 1, 2 }.AsSpan()) { x++; Log(x); }
    """);

    [Fact]
    public void Unsafe_blocks() => Body("""
        int[] a = [1, 2, 3];
        await Coroutine.Yield();
        unsafe { fixed (int* p = a) { p[1] = await_free(p); } static int await_free(int* p) => *p + 6; }
        await Coroutine.Yield();
        unsafe { int local = 3; int* q = &local; *q += 1; int* s = stackalloc int[2]; s[0] = local; Log(s[0] + sizeof(long)); }
        Log(a[1]);
    """);
}
