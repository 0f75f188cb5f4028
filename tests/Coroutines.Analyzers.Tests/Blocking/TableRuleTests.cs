using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fake = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.FakeAsyncAnalyzer>;
using Fork = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ForkJoinAnalyzer>;
using Heavy = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.HeavyComputationAnalyzer>;
using OffLoop = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.OffLoopCallbackAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

/// <summary>The rules that each take one kind of the table's members.</summary>
public sealed class TableRuleTests
{
    [Theory]
    [InlineData("System.Data.Common.DbConnection c = null!; await c.[|OpenAsync|]();")]
    [InlineData("System.Data.Common.DbCommand c = null!; await c.[|ExecuteScalarAsync|](token);")]
    public Task Members_that_are_asynchronous_only_in_name_are_found(string statement) => Fake.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("await using var s = new System.Net.Security.SslStream(System.IO.Stream.Null); await s.DisposeAsync();")]
    [InlineData("await new System.IO.MemoryStream().FlushAsync();")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("System.Data.Common.DbConnection c = null!; await Task.Run(() => c.OpenAsync());")]
    public Task Members_that_are_asynchronous_or_fast_are_not(string statement) => Fake.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("Parallel.[|For|](0, 10, i => { });")]
    [InlineData("Parallel.[|ForEach|](new[] { 1 }, i => { });")]
    [InlineData("int n = new[] { 1 }.AsParallel().[|Sum|]();")]
    public Task Parallel_loops_and_queries_are_found(string statement) => Fork.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("await EventLoop.Current.RunInExecutor(() => { Parallel.For(0, 10, i => { }); });")]
    [InlineData("await Parallel.ForEachAsync(new[] { 1 }, (i, stop) => default);")]
    [InlineData("int n = new[] { 1 }.Sum();")]
    public Task Those_on_other_threads_are_not(string statement) => Fork.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("bool b = new System.Text.RegularExpressions.Regex(\"(a+)+$\").[|IsMatch|](\"a\");")]
    [InlineData("bool b = System.Text.RegularExpressions.Regex.[|IsMatch|](\"a\", \"(a+)+$\");")]
    [InlineData("var h = System.Security.Cryptography.SHA256.[|HashData|](System.IO.File.OpenRead(\"a\"));")]
    public Task Heavy_computation_is_found(string statement) => Heavy.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("bool b = System.Text.RegularExpressions.Regex.IsMatch(\"a\", \"b\", System.Text.RegularExpressions.RegexOptions.None, time);")]
    [InlineData("var r = new System.Text.RegularExpressions.Regex(\"b\", System.Text.RegularExpressions.RegexOptions.NonBacktracking); bool b = r.IsMatch(\"a\");")]
    [InlineData("var h = System.Security.Cryptography.SHA256.HashData(new System.IO.MemoryStream());")]
    [InlineData("var h = System.Security.Cryptography.SHA256.HashData(new byte[1]);")]
    public Task Bounded_computation_is_not(string statement) => Heavy.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("ThreadPool.[|QueueUserWorkItem|](_ => Other());")]
    [InlineData("var t = Task.[|Run|](() => Other());")]
    [InlineData("var t = task.[|ContinueWith|](_ => Other());")]
    [InlineData("using var t = new [|Timer|](_ => Other(), null, 1, 1);")]
    public Task Callbacks_on_other_threads_are_found(string statement) => OffLoop.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("await Task.Run(() => 1);")]
    [InlineData("await Task.Run(() => 1).ConfigureAwait(false);")]
    [InlineData("var t = Task.Run(static () => 1);")]
    [InlineData("await EventLoop.Current.RunInExecutor(() => 1);")]
    public Task Calls_that_come_back_or_reach_nothing_are_not(string statement) => OffLoop.Finds(InCoroutine(statement));

    [Fact]
    public async Task Starting_a_thread_is_only_pointed_out() => Assert.Equal(
        Microsoft.CodeAnalysis.DiagnosticSeverity.Info,
        Assert.Single(await OffLoop.Finds(InCoroutine("new Thread(() => { }).[|Start|]();"))).Severity);
}
