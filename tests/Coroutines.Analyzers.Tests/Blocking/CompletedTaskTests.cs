using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.SyncOverAsyncAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class CompletedTaskTests
{
    [Theory]
    [InlineData("if (number.IsCompleted) { int n = number.Result; }")]
    [InlineData("if (number.IsCompletedSuccessfully && milliseconds > 0) { int n = number.Result; }")]
    [InlineData("int n = text.IsCompleted ? text.Result.Length : 0;")]
    [InlineData("bool b = text.IsCompleted && text.Result.Length > 0;")]
    [InlineData("bool b = !text.IsCompleted || text.Result.Length > 0;")]
    [InlineData("if (!text.IsCompleted) return; string s = text.Result;")]
    [InlineData("if (!text.IsCompleted) { throw new Exception(); } string s = text.Result;")]
    [InlineData("while (!text.IsCompleted) await Coroutine.Yield(); string s = text.Result;")]
    [InlineData("if (text.Status != TaskStatus.RanToCompletion) return; string s = text.Result;")]
    [InlineData("if (number.Status == TaskStatus.RanToCompletion) { int n = number.Result; }")]
    [InlineData("int n = TaskStatus.RanToCompletion == number.Status ? number.Result : 0;")]
    [InlineData("if (number is { IsCompletedSuccessfully: true }) { int n = number.Result; }")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.TrySetResult(1); if (milliseconds > 0) { int n = source.Task.Result; }")]
    [InlineData("if (!text.IsCompleted) { } else { string s = text.Result; }")]
    public Task A_task_behind_a_check_has_completed(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("if (!number.IsCompleted) { int n = number.[|Result|]; }")]
    [InlineData("if (number.Status != TaskStatus.RanToCompletion) { int n = number.[|Result|]; }")]
    [InlineData("if (number.Status == TaskStatus.Running) { int n = number.[|Result|]; }")]
    [InlineData("var source = new TaskCompletionSource<int>(); int n = source.Task.[|Result|]; source.SetResult(1);")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.SetResult(1); source = new(); int n = source.Task.[|Result|];")]
    [InlineData("var source = new TaskCompletionSource<int>(); Action later = () => source.SetResult(1); int n = source.Task.[|Result|];")]
    [InlineData("if (given.IsCompleted) { string s = text.[|Result|]; }")]
    [InlineData("if (number.IsCompleted || milliseconds > 0) { int n = number.[|Result|]; }")]
    [InlineData("if (!text.IsCompleted) Console.Write(1); string s = text.[|Result|];")]
    [InlineData("while (!text.IsCompleted) { break; } string s = text.[|Result|];")]
    [InlineData("bool b = text.IsCompleted || text.[|Result|].Length > 0;")]
    [InlineData("if (text.IsCompleted) { Func<Coroutine<string>> f = async () => { await Coroutine.Yield(); return text.[|Result|]; }; }")]
    public Task One_behind_another_check_is_found(string statements) => Rule.Finds(InCoroutine(statements));
}
