using System.Reflection;
using System.Runtime.CompilerServices;
using Coroutines.Generator.Model;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Tests.Acceptance;

/// <summary>What is said of frames, and that it is so.</summary>
public sealed class FrameReportTests
{
    private const string Members = """
        [Coroutine] public static async Coroutine Main() { await Few(1, "a"); await Few(2, "b"); await Big(default, 3); Log(await Rare(4)); await Down(2); await Receiver(); var c = Later(5); Log(await c); }
        [Coroutine] static async Coroutine Few(int a, string b) { long c = a; await Coroutine.Yield(); Log(a + b + c); }
        [Coroutine] static async Coroutine Big(decimal a, byte b) { var d = (X: 1, Y: 2L); var t = TimeSpan.Zero; int? n = b; Guid g = default; await Coroutine.Yield(); Log(d.X + d.Y + t.Ticks + (n ?? 0)); Log(g); Log(a); }
        [Coroutine(Placement = FramePlacement.Boxed)] static async Coroutine<int> Rare(int a) { await Coroutine.Yield(); return a; }
        [Coroutine] static async Coroutine Down(int n) { if (n > 0) await Down(n - 1); }
        [Coroutine] static async Coroutine Receiver() => await new Place().Go();
        """;

    private const string Types = "public partial struct Place { public int X; public string? Y; [Coroutine] public async Coroutine Go() { await Coroutine.Yield(); X++; } }";

    [Fact]
    public void The_table_tells_size_fields_states_and_callees() => Snapshot.Verify(Report(), "Table");

    [Fact]
    public void Without_the_property_there_is_none() =>
        Assert.DoesNotContain(TestCompilation.Driver().RunGenerators(Compilation()).GetRunResult().Results[0].GeneratedSources, s => s.HintName == FrameReport.HintName);

    [Fact]
    public void Estimated_sizes_are_the_real_ones()
    {
        Assembly assembly = TestCompilation.Load(TestCompilation.Generate(Compilation()));
        MethodInfo sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!;
        var real = assembly.GetTypes().Where(type => type.Name.EndsWith("__Frame", StringComparison.Ordinal))
            .ToDictionary(type => $"{type.DeclaringType!.Name}.{type.Name[..^"__Frame".Length]}", type => (int)sizeOf.MakeGenericMethod(type).Invoke(null, null)!);
        var estimated = Report().Split('\n').Where(line => line.StartsWith("// | ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim(), cells => int.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(real.OrderBy(pair => pair.Key), estimated.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Placement_changes_nothing_but_the_place() => BothLowerings.Agree(Members, Types, accepted: 10);

    private static string Report() => TestCompilation.Driver(reports: true).RunGenerators(Compilation()).GetRunResult().Results[0]
        .GeneratedSources.Single(s => s.HintName == FrameReport.HintName).SourceText.ToString();

    private static Compilation Compilation() => TestCompilation.Create(BothLowerings.Source(Members, Types));
}
