using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.UnjoinedGroupAnalyzer, Coroutines.CodeFixes.UnjoinedGroupFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.UnjoinedGroupAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class UnjoinedGroupTests
{
    [Theory]
    [InlineData("await using var [|group|] = new TaskGroup(); group.Spawn(Other());")]
    [InlineData("await using (var [|group|] = new TaskGroup()) { group.Spawn(Other()); }")]
    [InlineData("await using (TaskGroup [|group|] = new()) { var t = group.Spawn(Count()); await t; }")]
    [InlineData("await using var [|group|] = new TaskGroup(); group.Spawn(Other()); if (milliseconds > 0) return; await group.Join();")]
    [InlineData("await using var [|group|] = new TaskGroup(); group.Spawn(Other()); if (milliseconds > 0) await group.Join();")]
    [InlineData("await using var [|group|] = new TaskGroup(); for (int i = 0; i < 10; i++) group.Spawn(Other());")]
    [InlineData("await using var [|group|] = new TaskGroup(); await group.Join(); group.Spawn(Other());")]
    [InlineData("while (milliseconds > 0) { await using var [|group|] = new TaskGroup(); group.Spawn(Other()); if (milliseconds > 1) break; await group.Join(); }")]
    [InlineData("await using var [|group|] = new TaskGroup(); Fill(group); static void Fill(TaskGroup g) => g.Spawn(Other());")]
    [InlineData("await using var [|group|] = new TaskGroup(); Action spawn = () => group.Spawn(Other()); spawn();")]
    [InlineData("await using var [|group|] = new TaskGroup(); try { group.Spawn(Other()); await Other(); } finally { milliseconds = 0; }")]
    [InlineData("await using var [|group|] = new TaskGroup(); try { group.Spawn(Other()); await Other(); } catch (System.IO.IOException) { return; } await group.Join();")]
    [InlineData("var [|group|] = new TaskGroup(); group.Spawn(Other());")]
    [InlineData("Func<Coroutine> f = async () => { await using var [|group|] = new TaskGroup(); group.Spawn(Other()); };")]
    [InlineData("async Coroutine Local() { await using var [|group|] = new TaskGroup(); group.Spawn(Other()); } await Local();")]
    public Task Leaving_with_children_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await using var group = new TaskGroup(); group.Spawn(Other()); await group.Join();")]
    [InlineData("await using (var group = new TaskGroup()) { group.Spawn(Other()); await group.Join(); }")]
    [InlineData("await using var group = new TaskGroup(); if (milliseconds > 0) return; group.Spawn(Other()); await group.Join();")]
    [InlineData("await using var group = new TaskGroup(); group.Spawn(Other()); await Other(); group.Cancel(); ")]
    [InlineData("await using var group = new TaskGroup(); group.Spawn(Other()); await Other(); group.Scope.Cancel(\"enough\");")]
    [InlineData("await using var group = new TaskGroup(); group.Spawn(Other()); if (milliseconds > 0) { await group.Join(); return; } await group.Join();")]
    [InlineData("await using var group = new TaskGroup(); group.Spawn(Other()); throw new InvalidOperationException();")]
    [InlineData("await using var group = new TaskGroup(); while (true) { group.Spawn(Other()); await Other(); }")]
    [InlineData("await using var group = new TaskGroup(); try { group.Spawn(Other()); await group.Join(); } finally { milliseconds = 0; }")]
    [InlineData("await using var group = new TaskGroup(); try { group.Spawn(Other()); await Other(); } finally { milliseconds = 0; } await group.Join();")]
    [InlineData("await using var group = new TaskGroup(); try { group.Spawn(Other()); } finally { await group.Join(); }")]
    [InlineData("try { await using var group = new TaskGroup(); group.Spawn(Other()); await group.Join(); } catch (AggregateException) { }")]
    [InlineData("await using var group = new TaskGroup(); int n = group.Count;")]
    [InlineData("await using var group = new TaskGroup(); for (int i = 0; i < 3; i++) { try { group.Spawn(Other()); } finally { given.ToString(); } } await group.Join();")]
    [InlineData("await using var group = new TaskGroup(); foreach (var n in new[] { 1 }) { if (n > 3) continue; group.Spawn(Other()); } await group.Join();")]
    [InlineData("await TaskGroup.Run(async group => { group.Spawn(Other()); await Other(); });")]
    [InlineData("await using var outer = new TaskGroup(); await using (var inner = new TaskGroup()) { outer.Spawn(Other()); inner.Spawn(Other()); await inner.Join(); } await outer.Join();")]
    [InlineData("var group = new TaskGroup(); try { group.Spawn(Other()); await group.Join(); } finally { await group.DisposeAsync(); }")]
    public Task Joining_cancelling_or_failing_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task A_group_kept_in_a_field_is_left_elsewhere() => Rule.Finds(InClass("""
        TaskGroup? _group;
        async Coroutine Open() { var group = new TaskGroup(); group.Spawn(Work()); _group = group; await Work(); }
        static async Coroutine Work() => await Coroutine.Yield();
        """));

    [Fact]
    public async Task The_message_names_the_group() => Assert.Equal(
        "The block of group 'family' can be left while children run: leaving it without 'Join' cancels them; end it with 'await family.Join()', or 'Cancel' where they are no longer needed",
        await Rule.Message(InCoroutine("await using var [|family|] = new TaskGroup(); family.Spawn(Other());")));

    [Theory]
    [InlineData("await using (var [|g|] = new TaskGroup()) { g.Spawn(Other()); }", "await using (var g = new TaskGroup()) { g.Spawn(Other()); await g.Join(); }")]
    [InlineData(
        "await using (var [|g|] = new TaskGroup())\n{\n    // go\n    g.Spawn(Other());\n}",
        "await using (var g = new TaskGroup())\n{\n    // go\n    g.Spawn(Other());\n    await g.Join();\n}")]
    [InlineData(
        "{\n    await using var [|g|] = new TaskGroup();\n    g.Spawn(Other());\n    if (milliseconds > 0) return;\n\n    // more\n    g.Spawn(Other());\n}",
        "{\n    await using var g = new TaskGroup();\n    g.Spawn(Other());\n    if (milliseconds > 0) { await g.Join(); return; }\n\n    // more\n    g.Spawn(Other());\n    await g.Join();\n}")]
    [InlineData(
        "await using (var [|g|] = new TaskGroup())\n{\n    g.Spawn(Other());\n    if (milliseconds > 0)\n    {\n        return;\n    }\n    await g.Join();\n}",
        "await using (var g = new TaskGroup())\n{\n    g.Spawn(Other());\n    if (milliseconds > 0)\n    {\n        await g.Join();\n        return;\n    }\n    await g.Join();\n}")]
    public Task The_group_is_joined_where_its_block_is_left(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Nothing_is_offered_where_a_result_may_need_children_that_run() => Fixing.GivesNothing(InClass("""
        static async Coroutine<int> Work() { await using var [|group|] = new TaskGroup(); var t = group.Spawn(Work()); return await t; }
        """));

    [Fact]
    public Task Fix_all_joins_all_groups() => Fixing.GivesAll(
        InCoroutine("await using (var [|a|] = new TaskGroup())\n{\n    await using (var [|b|] = new TaskGroup())\n    {\n        b.Spawn(Other());\n        a.Spawn(Other());\n    }\n}"),
        InCoroutine("await using (var a = new TaskGroup())\n{\n    await using (var b = new TaskGroup())\n    {\n        b.Spawn(Other());\n        a.Spawn(Other());\n        await b.Join();\n    }\n    await a.Join();\n}"));
}
