using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Calls = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.BlockingCallAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;
using Fake = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.FakeAsyncAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;
using Fork = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.ForkJoinAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;
using Heavy = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.HeavyComputationAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;
using OffLoop = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.OffLoopCallbackAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;

namespace Coroutines.Analyzers.Tests.Blocking;

/// <summary>The rows of the table whose replacement is the executor, or an asynchronous counterpart.</summary>
public sealed class ExecutorEditTests
{
    [Theory]
    [InlineData("System.IO.File.[|Delete|](\"a\");", "await EventLoop.Current.RunInExecutor(() => System.IO.File.Delete(\"a\"));")]
    [InlineData("int n = System.IO.File.[|ReadAllText|](\"a\" + milliseconds).Length;", "int n = (await EventLoop.Current.RunInExecutor(() => System.IO.File.ReadAllText(\"a\" + milliseconds))).Length;")]
    [InlineData("System.IO.FileInfo f = null!; long n = f.[|Length|];", "System.IO.FileInfo f = null!; long n = await EventLoop.Current.RunInExecutor(() => f.Length);")]
    [InlineData("var s = new [|System.IO.FileStream|](\"a\", System.IO.FileMode.Open);", "var s = await EventLoop.Current.RunInExecutor(() => new System.IO.FileStream(\"a\", System.IO.FileMode.Open));")]
    public async Task What_waits_for_the_system_moves_to_the_executor(string before, string after) => await Calls.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("System.IO.Stream s = null!; int n = s.[|Read|](new byte[1], 0, 1);", "System.IO.Stream s = null!; int n = await s.ReadAsync(new byte[1], 0, 1);")]
    [InlineData("System.IO.StreamReader r = null!; string? l = r.[|ReadLine|]();", "System.IO.StreamReader r = null!; string? l = await r.ReadLineAsync();")]
    [InlineData("System.IO.StreamWriter w = null!; w.[|Write|](\"a\");", "System.IO.StreamWriter w = null!; await w.WriteAsync(\"a\");")]
    public async Task What_has_an_asynchronous_counterpart_awaits_it(string before, string after) => await Calls.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public async Task A_counterpart_that_is_asynchronous_only_in_name_does_not_count() => await Calls.Gives(
        InCoroutine("System.IO.Stream s = null!; s.[|Flush|]();"), InCoroutine("System.IO.Stream s = null!; await EventLoop.Current.RunInExecutor(() => s.Flush());"));

    [Theory]
    [InlineData("System.IO.Stream s = null!; Span<byte> b = stackalloc byte[1]; int n = s.[|Read|](b);")]
    [InlineData("System.IO.File.[|Delete|](Console.Title);")]
    [InlineData("System.IO.FileInfo f = null!; f.[|IsReadOnly|] = true;")]
    [InlineData("new ManualResetEvent(false).[|WaitOne|]();")]
    [InlineData("Monitor.[|Wait|](task);")]
    public Task What_would_lose_something_on_the_way_or_has_another_answer_stays(string statement) => Calls.GivesNothing(InCoroutine(statement));

    [Fact]
    public Task All_blocking_calls_are_replaced_at_once() => Calls.GivesAll(
        InCoroutine("System.IO.File.[|Delete|](\"a\");\nSystem.IO.Stream s = new [|System.IO.FileStream|](\"a\", System.IO.FileMode.Open);\nint n = s.[|Read|](new byte[1], 0, 1);\nThread.[|Sleep|](time);"),
        InCoroutine("await EventLoop.Current.RunInExecutor(() => System.IO.File.Delete(\"a\"));\nSystem.IO.Stream s = await EventLoop.Current.RunInExecutor(() => new System.IO.FileStream(\"a\", System.IO.FileMode.Open));\nint n = await s.ReadAsync(new byte[1], 0, 1);\nawait Coroutine.Delay(time);"));

    [Theory]
    [InlineData("System.Data.Common.DbCommand c = null!; object? o = await c.[|ExecuteScalarAsync|]();", "System.Data.Common.DbCommand c = null!; object? o = await EventLoop.Current.RunInExecutor(() => c.ExecuteScalar());")]
    [InlineData("System.Data.Common.DbConnection c = null!; await c.[|OpenAsync|](token).ConfigureAwait(false);", "System.Data.Common.DbConnection c = null!; await EventLoop.Current.RunInExecutor(() => c.Open());")]
    public async Task What_is_asynchronous_only_in_name_runs_by_its_honest_one(string before, string after) => await Fake.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("System.Data.Common.DbConnection c = null!; Task opening = c.[|OpenAsync|](); await opening;")]
    public Task Not_where_its_task_is_kept(string statement) => Fake.GivesNothing(InCoroutine(statement));

    [Fact]
    public Task All_of_them_are_replaced_at_once() => Fake.GivesAll(
        InCoroutine("System.Data.Common.DbCommand c = null!; await c.[|ExecuteNonQueryAsync|](); await c.[|ExecuteNonQueryAsync|](token);"),
        InCoroutine("System.Data.Common.DbCommand c = null!; await EventLoop.Current.RunInExecutor(() => c.ExecuteNonQuery()); await EventLoop.Current.RunInExecutor(() => c.ExecuteNonQuery());"));

    [Theory]
    [InlineData("Parallel.[|For|](0, 10, i => { });", "await EventLoop.Current.RunInExecutor(() => Parallel.For(0, 10, i => { }));")]
    [InlineData("int n = new[] { 1 }.AsParallel().Where(x => x > milliseconds).[|Sum|]();", "int n = await EventLoop.Current.RunInExecutor(() => new[] { 1 }.AsParallel().Where(x => x > milliseconds).Sum());")]
    public async Task Parallel_work_moves_as_a_whole(string before, string after) => await Fork.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task All_parallel_work_moves_at_once() => Fork.GivesAll(
        InCoroutine("Parallel.[|For|](0, 10, i => { }); Parallel.[|Invoke|](() => { });"),
        InCoroutine("await EventLoop.Current.RunInExecutor(() => Parallel.For(0, 10, i => { })); await EventLoop.Current.RunInExecutor(() => Parallel.Invoke(() => { }));"));

    [Fact]
    public Task Heavy_computation_moves_at_once() => Heavy.GivesAll(
        InCoroutine("bool a = System.Text.RegularExpressions.Regex.[|IsMatch|](\"a\", \"b\"); bool b = System.Text.RegularExpressions.Regex.[|IsMatch|](\"c\", \"d\");"),
        InCoroutine("bool a = await EventLoop.Current.RunInExecutor(() => System.Text.RegularExpressions.Regex.IsMatch(\"a\", \"b\")); bool b = await EventLoop.Current.RunInExecutor(() => System.Text.RegularExpressions.Regex.IsMatch(\"c\", \"d\"));"));

    [Theory]
    [InlineData("Task.[|Run|](() => Console.Write(milliseconds));", "await EventLoop.Current.RunInExecutor(() => Console.Write(milliseconds));")]
    [InlineData("Task.[|Run|](() => milliseconds);", "await EventLoop.Current.RunInExecutor(() => milliseconds);")]
    public async Task Work_for_the_pool_becomes_work_for_the_executor(string before, string after) =>
        Assert.Equal("Run in the executor, and wait for it", await OffLoop.Gives(InCoroutine(before), InCoroutine(after)));

    [Theory]
    [InlineData("var t = Task.[|Run|](() => milliseconds);")]
    [InlineData("Task.[|Run|](() => given);")]
    [InlineData("task.[|ContinueWith|](_ => { });")]
    [InlineData("using var t = new [|Timer|](_ => { });")]
    public Task Not_where_somebody_has_its_task_or_it_is_asynchronous(string statement) => OffLoop.GivesNothing(InCoroutine(statement));

    [Fact]
    public Task All_work_for_the_pool_becomes_that_at_once() => OffLoop.GivesAll(
        InCoroutine("Task.[|Run|](() => { }); Task.[|Run|](() => milliseconds);"),
        InCoroutine("await EventLoop.Current.RunInExecutor(() => { }); await EventLoop.Current.RunInExecutor(() => milliseconds);"));
}
