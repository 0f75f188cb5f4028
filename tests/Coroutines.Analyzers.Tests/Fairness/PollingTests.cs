using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.PollingAnalyzer>;

namespace Coroutines.Analyzers.Tests.Fairness;

public sealed class PollingTests
{
    [Theory]
    [InlineData("[|while|] (!s_done) await Coroutine.Delay(time);")]
    [InlineData("[|while|] (!s_done) { await Task.Delay(10); }")]
    [InlineData("[|while|] (Ready == 0) { await Coroutine.Delay(time); }")]
    [InlineData("[|while|] (queue.Count == 0) await Coroutine.Delay(time);")]
    [InlineData("[|while|] (!child.IsCompleted) await Coroutine.Delay(time);")]
    [InlineData("[|while|] (true) { if (s_done) break; await Coroutine.Delay(time); }")]
    [InlineData("[|do|] { await Coroutine.Delay(time); } while (!s_done && Ready < 3);")]
    public Task Sleeping_until_something_has_changed_is_found(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("while (true) await Coroutine.Delay(time);")]
    [InlineData("while (!s_done) { Console.WriteLine(); await Coroutine.Delay(time); }")]
    [InlineData("while (!System.IO.File.Exists(\"a\")) await Coroutine.Delay(time);")]
    [InlineData("while (EventLoop.Current.Now < time) await Coroutine.Delay(time);")]
    [InlineData("while (DateTime.UtcNow.Year < 2050) await Coroutine.Delay(time);")]
    [InlineData("for (int i = 0; i < 3; i++) await Coroutine.Delay(time);")]
    [InlineData("while (!s_done) await Coroutine.Yield();")]
    [InlineData("await signal.Wait();")]
    public Task Waiting_for_time_or_the_world_is_not(string statements) => Rule.Finds(Program(statements));

    [Fact]
    public async Task The_message_names_what_is_looked_at() => Assert.StartsWith(
        "'Run' wakes again and again to look at '!s_done'", await Rule.Message(Program("[|while|] (!s_done) await Coroutine.Delay(time);")), StringComparison.Ordinal);

    private static string Program(string statements) => InClass($$"""
        static bool s_done;
        static int Ready { get; set; }
        #pragma warning disable CS1998
        [Coroutine] static async Coroutine Run(LoopEvent signal, Queue<int> queue, CoroutineTask child, TimeSpan time) { {{statements}} }
        """);
}
