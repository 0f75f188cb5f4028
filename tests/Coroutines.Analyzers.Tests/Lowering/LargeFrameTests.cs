using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.LargeFrameAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lowering;

public sealed class LargeFrameTests
{
    private const string Large = """
        [System.Runtime.CompilerServices.InlineArray(130)] struct Kibibyte { long _first; }
        struct Block { public decimal A, B, C, D, E, F, G, H; }
        struct Page { public Block A, B, C, D, E, F, G, H; }

        """;

    [Theory]
    [InlineData("[Coroutine] static async Coroutine [|Run|](Page page) { await Coroutine.Yield(); }")]
    [InlineData("[Coroutine] static async Coroutine [|Run|]() { var page = new Page(); var block = new Block(); await Coroutine.Yield(); _ = page.A.A + block.A; }")]
    [InlineData("[Coroutine] static IEnumerator<ILoopAwaitable?> [|Run|](Page page) { yield return null; }")]
    [InlineData("[Coroutine] static async Coroutine [|Run|](Block a) => await Inner(default); [Coroutine] static async Coroutine [|Inner|](Page page) => await Coroutine.Yield();")]
    public Task One_over_a_kibibyte_is_found(string members) => Rule.Finds(InClass(Large + members));

    [Theory]
    [InlineData("[Coroutine] static async Coroutine Run(Block block) { await Coroutine.Yield(); }")]
    [InlineData("[Coroutine] static async Coroutine Run() { var page = new Page(); _ = page.A.A; await Coroutine.Yield(); }")]
    [InlineData("static async Coroutine Run(Page page) { await Coroutine.Yield(); }")]
    [InlineData("[Coroutine] static async Coroutine Run() => await Inner(default); [Coroutine(Placement = FramePlacement.Boxed)] static async Coroutine [|Inner|](Page page) => await Coroutine.Yield();")]
    public Task A_small_one_or_one_that_is_not_generated_is_not(string members) => Rule.Finds(InClass(Large + members));

    [Fact]
    public async Task The_message_tells_the_size() => Assert.Equal(
        "The frame of 'Run' takes about 1032 bytes", await Rule.Message(InClass(Large + "[Coroutine] static async Coroutine [|Run|](Page page) { await Coroutine.Yield(); }")));
}
