using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.SwallowedCancellationAnalyzer, Coroutines.CodeFixes.SwallowedCancellationFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.SwallowedCancellationAnalyzer>;

namespace Coroutines.Analyzers.Tests.Cancellation;

public sealed class SwallowedCancellationTests
{
    [Theory]
    [InlineData("try { await Other(); } [|catch|] { }")]
    [InlineData("try { await Other(); } [|catch (Exception)|] { }")]
    [InlineData("try { await Other(); } [|catch (Exception e)|] { Console.WriteLine(e); }")]
    [InlineData("try { await Other(); } [|catch (SystemException)|] { }")]
    [InlineData("try { await Other(); } [|catch (OperationCanceledException)|] { }")]
    [InlineData("try { await Coroutine.Delay(time); } [|catch (OperationCanceledException)|] { return; }")]
    [InlineData("while (true) { try { await Other(); } [|catch (Exception)|] { } }")]
    [InlineData("for (int i = 0; i < 3; i++) { try { await Other(); return; } [|catch (Exception) when (i < 2)|] { } }")]
    [InlineData("int tries = 0; try { await Other(); } [|catch (Exception)|] { if (++tries > 3) throw; }")]
    [InlineData("try { await Other(); } [|catch (Exception e)|] { if (milliseconds > 0) Fail(e); } [System.Diagnostics.CodeAnalysis.DoesNotReturn] static void Fail(Exception e) => throw e;")]
    [InlineData("try { await Other(); } catch (System.IO.IOException) { } [|catch (Exception)|] { }")]
    [InlineData("try { await Other(); } [|catch (Exception e) when (e.Message.Length > 0)|] { }")]
    [InlineData("try { await Other(); } [|catch (Exception e) when (e is not System.IO.IOException)|] { }")]
    [InlineData("try { await Task.Delay(1, token); } [|catch (Exception)|] { }")]
    [InlineData("try { await given.WaitAsync(CancelScope.CurrentToken); } [|catch (Exception)|] { }")]
    [InlineData("try { await foreach (var n in Numbers()) { } } [|catch (Exception)|] { } [Coroutine] static async IAsyncEnumerable<int> Numbers() { await Other(); yield return 1; }")]
    [InlineData("Func<Coroutine> f = async () => { try { await Other(); } [|catch (Exception)|] { } };")]
    public Task A_handler_that_goes_on_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("try { await Other(); } catch (Exception) { throw; }")]
    [InlineData("try { await Other(); } catch (Exception e) { throw new InvalidOperationException(\"\", e); }")]
    [InlineData("Exception? failure = null; try { await Other(); } catch (Exception e) { failure = milliseconds > 0 ? new TimeoutException() : e; }")]
    [InlineData("Exception? failure = null; try { await Other(); } catch (Exception e) { failure = e as TimeoutException ?? e; }")]
    [InlineData("try { await Other(); } catch (Exception e) { Fail(e); } [System.Diagnostics.CodeAnalysis.DoesNotReturn] static void Fail(Exception e) => throw e;")]
    [InlineData("try { await Other(); } catch (Exception e) when (e is not OperationCanceledException) { }")]
    [InlineData("try { await Other(); } catch (Exception e) when (e is System.IO.IOException or TimeoutException) { }")]
    [InlineData("try { await Other(); } catch (Exception e) when (!(e is OperationCanceledException) && milliseconds > 0) { }")]
    [InlineData("try { await Other(); } catch (Exception e) when (e is System.IO.IOException { HResult: 3 }) { }")]
    [InlineData("try { await Other(); } catch (Exception e) { if (e is OperationCanceledException) throw; }")]
    [InlineData("try { await Other(); } catch (OperationCanceledException) { throw; } catch (Exception) { }")]
    [InlineData("try { await Other(); } catch (OperationCanceledException) { Console.WriteLine(); throw; }")]
    [InlineData("try { await Other(); } catch (System.IO.IOException) { }")]
    [InlineData("try { await Other(); } catch (TimeoutException) { }")]
    [InlineData("try { Console.WriteLine(); } catch (Exception) { } await Other();")]
    [InlineData("try { await given; } catch (Exception) { }")]
    [InlineData("try { await Task.Delay(1, CancellationToken.None); } catch (Exception) { }")]
    [InlineData("try { await Coroutine.Shield(Other()); } catch (Exception) { }")]
    [InlineData("try { using (CancelScope.Shielded()) { await Other(); } } catch (Exception) { }")]
    [InlineData("var t = EventLoop.Current.Spawn(Other()); t.Cancel(); try { await t; } catch (OperationCanceledException) { }")]
    [InlineData("try { using var scope = CancelScope.Open(); scope.Cancel(); await Other(); } catch (OperationCanceledException) { }")]
    [InlineData("using var scope = CancelScope.After(time); try { await Other(); } catch (OperationCanceledException) when (scope.IsCancelled) { }")]
    [InlineData("var f = new Future<int>(); try { await Other(); f.SetResult(1); } catch (Exception e) { f.TrySetException(e); }")]
    [InlineData("Exception? failure = null; try { await Other(); } catch (Exception e) { failure = e; } if (failure is not null) throw failure;")]
    [InlineData("var outcomes = new List<Lazy<Exception>>(); try { await Other(); } catch (Exception e) { outcomes.Add(new Lazy<Exception>(e)); }")]
    [InlineData("var failures = new List<Exception>(); try { await Other(); } catch (Exception e) { failures.Add(e); }")]
    [InlineData("try { await Other(); } catch (Exception) when (token.IsCancellationRequested) { }")]
    [InlineData("try { await Other(); } catch (Exception e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e).Throw(); }")]
    [InlineData("try { Func<Coroutine> f = async () => await Other(); } catch (Exception) { } await Other();")]
    public Task One_that_lets_it_through_or_hands_it_on_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task Ordinary_async_methods_are_left_alone() => Rule.Finds(InClass(
        "static async Task Run() { try { await Task.Delay(1, CancelScope.CurrentToken); } catch (Exception) { } }"));

    [Fact]
    public async Task The_message_says_what_to_do() => Assert.Equal(
        "This handler also catches the cancellation of 'Run', which then goes on as if nobody had asked it to end; let it through with 'when (… is not OperationCanceledException)'",
        await Rule.Message(InCoroutine("try { await Other(); } [|catch|] { }")));

    [Theory]
    [InlineData("try { await Other(); } [|catch|] { }", "try { await Other(); } catch (Exception exception) when (exception is not OperationCanceledException) { }")]
    [InlineData("try { await Other(); } [|catch (Exception)|] { }", "try { await Other(); } catch (Exception exception) when (exception is not OperationCanceledException) { }")]
    [InlineData("try { await Other(); } [|catch (Exception e)|]\n{ }", "try { await Other(); } catch (Exception e) when (e is not OperationCanceledException)\n{ }")]
    [InlineData("try { await Other(); } [|catch (Exception e) when (e.HResult > 3)|] { }", "try { await Other(); } catch (Exception e) when (e is not OperationCanceledException && e.HResult > 3) { }")]
    [InlineData("try { await Other(); } [|catch (Exception e) when (e.HResult > 3 || e.HResult < 0)|] { }", "try { await Other(); } catch (Exception e) when (e is not OperationCanceledException && (e.HResult > 3 || e.HResult < 0)) { }")]
    [InlineData("try { await Other(); } [|catch (OperationCanceledException)|] { Console.WriteLine(); }", "try { await Other(); } catch (OperationCanceledException) { Console.WriteLine(); throw; }")]
    [InlineData("try { await Other(); } [|catch (OperationCanceledException)|] { Console.WriteLine(); return; }", "try { await Other(); } catch (OperationCanceledException) { Console.WriteLine(); throw; }")]
    [InlineData("try { await Other(); } [|catch (OperationCanceledException)|]\n{\n}", "try { await Other(); } catch (OperationCanceledException)\n{\n    throw;\n}")]
    public Task Cancellation_is_let_through(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Fix_all_lets_it_through_everywhere() => Fixing.GivesAll(
        InCoroutine("try { try { await Other(); } [|catch|] { } await Other(); } [|catch (Exception e)|] { }\ntry { await Other(); } [|catch (OperationCanceledException)|] { }"),
        InCoroutine("try { try { await Other(); } catch (Exception exception) when (exception is not OperationCanceledException) { } await Other(); } catch (Exception e) when (e is not OperationCanceledException) { }\ntry { await Other(); } catch (OperationCanceledException) { throw; }"));
}
