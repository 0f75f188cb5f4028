using System.Reflection;
using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Acceptance;

/// <summary>What is a field of a frame, and for how long it keeps what it refers to.</summary>
public sealed class FrameLayoutTests
{
    [Fact]
    public void Arguments_are_stored_once_and_calls_of_one_coroutine_share_a_slot()
    {
        var frames = Frames("""
            [Coroutine] public static async Coroutine Main() { await Outer(new object(), 1); await Outer("two", 2); }
            [Coroutine] static async Coroutine Outer(object a, int b) { await Inner(a, b); await Inner(b, b + 1); Log(a); }
            [Coroutine] static async Coroutine Inner(object x, int y) { await Coroutine.Yield(); Log(y); }
            """);

        Assert.Equal(["__state Int32", "__await1 Outer__Frame"], frames["Main"]);
        Assert.Equal(["__state Int32", "a Object", "b Int32", "__await1 Inner__Frame"], frames["Outer"]);
        Assert.Equal(["__state Int32", "x Object", "y Int32"], frames["Inner"]);
    }

    [Theory]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(20_000)] public struct Page { private byte _first; }")]
    [InlineData("public unsafe struct Page { public fixed short Numbers[10_000]; }")]
    public void Placement_inline_goes_past_the_limits_of_size_and_depth(string page)
    {
        const string Large = "Large(default)", Deep = "C0()";
        Assert.Contains("__await1 Large__Frame", Frames(Chain("[Coroutine(Placement = FramePlacement.Inline)]", Large), page)["Main"]);
        Assert.DoesNotContain("__await1 Large__Frame", Frames(Chain("[Coroutine]", Large), page)["Main"]);

        var inline = Frames(Chain("[Coroutine(Placement = FramePlacement.Inline)]", Deep), page);
        Assert.All(Enumerable.Range(0, Depth - 1), i => Assert.Contains($"__await1 C{i + 1}__Frame", inline[$"C{i}"]));
        var automatic = Frames(Chain("[Coroutine]", Deep), page);
        Assert.Contains(Enumerable.Range(0, Depth - 1), i => !automatic[$"C{i}"].Contains($"__await1 C{i + 1}__Frame"));
        BothLowerings.Agree(Chain("[Coroutine(Placement = FramePlacement.Inline)]", $"{Large}; await {Deep}"), page, accepted: Depth + 5);
    }

    [Fact]
    public void A_completed_frame_keeps_nothing_alive()
    {
        IReadOnlyList<string> lines = BothLowerings.Agree("""
            [Coroutine] public static async Coroutine Main()
            {
                var kept = new List<WeakReference>();
                Start(kept);
                GC.Collect();
                foreach (var one in kept) Log(one.IsAlive);
                for (int i = 0; i < 5; i++) await Coroutine.Yield();
                GC.Collect();
                foreach (var one in kept) Log(one.IsAlive);
            }
            static void Start(List<WeakReference> kept)
            {
                object a = new(), b = new(), c = new();
                EventLoop.Current.Spawn(Hold(a, b, c));
                foreach (object one in new[] { a, b, c }) kept.Add(new WeakReference(one));
            }
            [Coroutine] static async Coroutine Hold(object a, object b, object c)
            {
                object local = a;
                await Coroutine.Yield();
                var got = await Inner(b);
                Func<object> f = () => c;
                await Coroutine.Yield();
                Log(ReferenceEquals(local, a) && ReferenceEquals(got, b) && f() == c);
            }
            [Coroutine] static async Coroutine<object> Inner(object x) { await Coroutine.Yield(); return x; }
            """);

        Assert.Equal(["True", "True", "True", "True", "False", "False", "False"], lines);
    }

    // More than the 24 calls that go into one frame unasked.
    private const int Depth = 27;

    private static string Chain(string attribute, string awaited) => $$"""
        [Coroutine] public static async Coroutine Main() { await {{awaited}}; }
        {{attribute}} static async Coroutine Large(Page page) { await Coroutine.Yield(); Log("large"); }
        {{string.Join('\n', Enumerable.Range(0, Depth).Select(i => $"{attribute} static async Coroutine C{i}() {{ await {(i == Depth - 1 ? "Coroutine.Yield()" : $"C{i + 1}()")}; Log({i}); }}"))}}
        """;

    /// <summary>The fields of every frame, with their types.</summary>
    private static Dictionary<string, string[]> Frames(string members, string types = "") =>
        TestCompilation.Load(TestCompilation.Generate(TestCompilation.Create(BothLowerings.Source(members, types)))).GetTypes()
            .Where(type => type.Name.EndsWith("__Frame", StringComparison.Ordinal))
            .ToDictionary(
                type => type.Name[..^"__Frame".Length],
                type => type.GetFields(BindingFlags.Instance | BindingFlags.Public).Select(field => $"{field.Name} {field.FieldType.Name}").ToArray());
}
