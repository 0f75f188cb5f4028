using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.SyncOverAsyncAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class SyncOverAsyncFixTests
{
    [Theory]
    [InlineData("task.[|Wait|]();", "await task;")]
    [InlineData("int n = number.[|Result|];", "int n = await number;")]
    [InlineData("int n = valueNumber.[|Result|];", "int n = await valueNumber;")]
    [InlineData("task.GetAwaiter().[|GetResult|]();", "await task;")]
    [InlineData("int n = valueNumber.GetAwaiter().[|GetResult|]();", "int n = await valueNumber;")]
    [InlineData("task.ConfigureAwait(false).GetAwaiter().[|GetResult|]();", "await task.ConfigureAwait(false);")]
    [InlineData("int n = text.[|Result|].Length;", "int n = (await text).Length;")]
    [InlineData("char c = text.[|Result|][0];", "char c = (await text)[0];")]
    [InlineData("int? n = text.[|Result|]?.Length;", "int? n = (await text)?.Length;")]
    [InlineData("string s = text.[|Result|]!;", "string s = (await text)!;")]
    [InlineData("Task.FromResult(() => { }).[|Result|]();", "(await Task.FromResult(() => { }))();")]
    [InlineData("int n = -number.[|Result|] + 1;", "int n = -await number + 1;")]
    [InlineData("object o = (object)number.[|Result|];", "object o = (object)await number;")]
    [InlineData("bool b = number.[|Result|] is 1 or 2;", "bool b = await number is 1 or 2;")]
    [InlineData("int n = number.[|Result|] switch { 1 => 2, _ => 3 };", "int n = await number switch { 1 => 2, _ => 3 };")]
    [InlineData("int n = (milliseconds > 0 ? number : number).[|Result|];", "int n = await (milliseconds > 0 ? number : number);")]
    [InlineData("((Task)number).[|Wait|]();", "await ((Task)number);")]
    [InlineData("new Task(() => { }).[|Wait|]();", "await new Task(() => { });")]
    [InlineData("string s = $\"{number.[|Result|]:x}\";", "string s = $\"{await number:x}\";")]
    [InlineData("var q = from n in Task.FromResult(new[] { 1 }).[|Result|] select n;", "var q = from n in await Task.FromResult(new[] { 1 }) select n;")]
    public Task Waiting_for_a_task_becomes_await(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("task.[|Wait|](token);", "await task.WaitAsync(token);")]
    [InlineData("Task.[|WaitAll|](task, given);", "await Task.WhenAll(task, given);")]
    [InlineData("Task.[|WaitAll|]([task, given]);", "await Task.WhenAll([task, given]);")]
    [InlineData("Task.[|WaitAll|](new[] { task });", "await Task.WhenAll(new[] { task });")]
    public Task Waiting_by_another_method_becomes_its_asynchronous_counterpart(string before, string after) =>
        Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("bool done = task.[|Wait|](100);")]
    [InlineData("int i = Task.[|WaitAny|](task, given);")]
    [InlineData("Task.[|WaitAll|](new[] { task }, 10);")]
    [InlineData("task?.[|Wait|]();")]
    [InlineData("int? n = text?.[|Result|].Length;")]
    [InlineData("var awaiter = task.GetAwaiter(); awaiter.[|GetResult|]();")]
    [InlineData("try { } catch when (number.[|Result|] > 0) { }")]
    public Task Nothing_is_offered_where_it_would_mean_something_else_or_not_compile(string statement) =>
        Fixing.GivesNothing(InCoroutine(statement));

    [Fact]
    public Task Fix_all_fixes_every_kind_of_call_also_inside_one_another() => Fixing.GivesAll(
        InCoroutine("""
        int m = Task.FromResult(number.[|Result|]).[|Result|];
        task.[|Wait|](); given.[|Wait|](token);
        int n = Task.FromResult(number).[|Result|].[|Result|];
        bool left = task.[|Wait|](100);
        """),
        InCoroutine("""
        int m = await Task.FromResult(await number);
        await task; await given.WaitAsync(token);
        int n = await (await Task.FromResult(number));
        bool left = task.[|Wait|](100);
        """));
}
