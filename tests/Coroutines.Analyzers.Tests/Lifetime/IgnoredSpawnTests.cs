using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.IgnoredSpawnAnalyzer, Coroutines.CodeFixes.IgnoredSpawnFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.IgnoredSpawnAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class IgnoredSpawnTests
{
    [Theory]
    [InlineData("[|EventLoop.Current.Spawn(Other())|];")]
    [InlineData("[|EventLoop.Current.Spawn(Count(), \"counter\")|];")]
    [InlineData("EventLoop? loop = EventLoop.Current; loop?[|.Spawn(Other())|];")]
    [InlineData("var t = [|EventLoop.Current.Spawn(Other())|];")]
    [InlineData("CoroutineTask t = [|EventLoop.Current.Spawn(Count())|];")]
    [InlineData("[|Other().AsTask()|];")]
    [InlineData("if (milliseconds > 0) [|EventLoop.Current.Spawn(Other())|];")]
    [InlineData("Func<Coroutine> f = async () => { [|EventLoop.Current.Spawn(Other())|]; await Other(); };")]
    public Task A_task_that_nobody_keeps_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await EventLoop.Current.Spawn(Other());")]
    [InlineData("_ = EventLoop.Current.Spawn(Other());")]
    [InlineData("var t = EventLoop.Current.Spawn(Other()); await t;")]
    [InlineData("var t = EventLoop.Current.Spawn(Other()); t.Cancel();")]
    [InlineData("await using var group = new TaskGroup(); group.Spawn(Other()); await group.Join();")]
    [InlineData("var tasks = new List<CoroutineTask>(); tasks.Add(EventLoop.Current.Spawn(Other()));")]
    [InlineData("Action a = () => EventLoop.Current.Spawn(Other());")]
    [InlineData("await Other().AsTask();")]
    [InlineData("EventLoop.Current.CallSoon(() => { });")]
    public Task One_that_somebody_keeps_or_throws_away_on_purpose_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task Where_a_loop_is_set_up_there_is_no_group() => Rule.Finds(InClass("""
        static void Main2() { using var loop = new EventLoop(); loop.Spawn(Work()); loop.RunForever(); }
        static async Coroutine Work() => await Coroutine.Yield();
        """));

    [Theory]
    [InlineData(
        "await using var g = new TaskGroup(); [|EventLoop.Current.Spawn(Other(), \"o\")|]; await g.Join();",
        "await using var g = new TaskGroup(); g.Spawn(Other(), \"o\"); await g.Join();")]
    [InlineData(
        "Func<TaskGroup, Coroutine> f = async g => { [|Other().AsTask()|]; await Other(); };",
        "Func<TaskGroup, Coroutine> f = async g => { g.Spawn(Other()); await Other(); };")]
    [InlineData(
        "Func<Coroutine> f = async () => { [|EventLoop.Current.Spawn(Other())|]; await Other(); };",
        "Func<Coroutine> f = async () => { await using var group = new TaskGroup(); group.Spawn(Other()); await Other(); await group.Join(); };")]
    public Task It_is_spawned_in_a_group(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task A_loop_that_never_ends_needs_no_join() => Fixing.Gives(
        InClass("""
        static async Coroutine Serve(EventLoop loop)
        {
            // for ever
            while (true)
            {
                await Coroutine.Yield();
                [|loop.Spawn(Serve(loop))|];
            }
        }
        """),
        InClass("""
        static async Coroutine Serve(EventLoop loop)
        {
            await using var group = new TaskGroup();
            // for ever
            while (true)
            {
                await Coroutine.Yield();
                group.Spawn(Serve(loop));
            }
        }
        """));

    [Fact]
    public Task Nothing_is_offered_where_every_end_would_have_to_join() => Fixing.GivesNothing(InClass("""
        static async Coroutine<int> Work() { [|EventLoop.Current.Spawn(Work())|]; await Coroutine.Yield(); return 1; }
        [Coroutine] static async IAsyncEnumerable<int> Stream() { [|EventLoop.Current.Spawn(Work())|]; await Coroutine.Yield(); yield return 1; }
        """));

    [Fact]
    public Task Fix_all_opens_one_group_for_all() => Fixing.GivesAll(
        InClass("static async Coroutine Work(EventLoop loop) { [|loop.Spawn(Work(loop))|]; var t = [|loop.Spawn(Work(loop))|]; await Coroutine.Yield(); }"),
        InClass("static async Coroutine Work(EventLoop loop) { await using var group = new TaskGroup(); group.Spawn(Work(loop)); var t = group.Spawn(Work(loop)); await Coroutine.Yield(); await group.Join(); }"));
}
