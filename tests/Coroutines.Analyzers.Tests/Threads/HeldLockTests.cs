using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.HeldLockAnalyzer>;

namespace Coroutines.Analyzers.Tests.Threads;

public sealed class HeldLockTests
{
    [Theory]
    [InlineData("Monitor.Enter(task); [|await Other()|]; Monitor.Exit(task);")]
    [InlineData("Monitor.Enter(task); try { [|await Other()|]; } finally { Monitor.Exit(task); }")]
    [InlineData("if (Monitor.TryEnter(task)) { [|await Other()|]; Monitor.Exit(task); }")]
    [InlineData("bool taken = false; try { Monitor.Enter(task, ref taken); [|await Other()|]; } finally { if (taken) Monitor.Exit(task); }")]
    [InlineData("var m = new Mutex(); m.WaitOne(); [|await given|]; m.ReleaseMutex();")]
    [InlineData("var l = new ReaderWriterLockSlim(); l.EnterReadLock(); try { [|await Other()|]; } finally { l.ExitReadLock(); }")]
    [InlineData("var l = new ReaderWriterLock(); l.AcquireWriterLock(1); [|await Other()|]; l.ReleaseWriterLock();")]
    [InlineData("var l = new Lock(); l.Enter(); [|await Other()|]; l.Exit();")]
    [InlineData("try { Monitor.Enter(task); Console.Write(1); Monitor.Exit(task); } catch (InvalidOperationException) { } [|await Other()|]; return;")]
    [InlineData("var e = new Exception(); try { Monitor.Enter(task); throw e; } catch (InvalidOperationException) { } [|await Other()|]; return;")]
    [InlineData("Monitor.Enter(task); if (milliseconds > 0) Monitor.Exit(task); [|await Other()|]; if (milliseconds <= 0) Monitor.Exit(task); return;")]
    public Task A_suspension_with_a_lock_held_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("Monitor.Enter(task); Monitor.Exit(task); await Other();")]
    [InlineData("Monitor.Enter(task); try { milliseconds = 0; } finally { Monitor.Exit(task); } await Other();")]
    [InlineData("lock (task) { milliseconds = 0; } await Other();")]
    [InlineData("try { lock (task) { Console.Write(1); } } catch (InvalidOperationException) { } await Other();")]
    [InlineData("try { Monitor.Enter(task); try { Console.Write(1); } finally { Monitor.Exit(task); } } catch (InvalidOperationException) { } await Other();")]
    [InlineData("try { bool taken = false; try { Monitor.Enter(task, ref taken); Console.Write(1); } finally { if (taken) Monitor.Exit(task); } } finally { await Other(); }")]
    [InlineData("var l = new LoopLock(); using (await l.Acquire()) await Other();")]
    [InlineData("var s = new SemaphoreSlim(1); await s.WaitAsync(); await Other(); s.Release();")]
    [InlineData("var l = new ReaderWriterLockSlim(); l.EnterWriteLock(); l.ExitWriteLock(); await Other();")]
    [InlineData("Action a = () => { Monitor.Enter(task); }; await Other();")]
    [InlineData("var e = new ManualResetEvent(true); e.WaitOne(0); await Other();")]
    public Task One_without_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task A_lock_statement_can_contain_a_yield() => Rule.Finds(InClass("""
        static readonly object s_gate = new();
        #pragma warning disable CS9237
        [Coroutine] static IEnumerator<ILoopAwaitable> Run() { lock (s_gate) { [|yield return Coroutine.Yield();|] } yield return Coroutine.Yield(); }
        """));

    [Fact]
    public async Task The_message_names_the_lock() => Assert.StartsWith(
        "'task' is held while the coroutine is suspended", await Rule.Message(InCoroutine("Monitor.Enter(task); try { [|await Other()|]; } finally { Monitor.Exit(task); }")), StringComparison.Ordinal);
}
