using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.HeldLockAnalyzer, Coroutines.CodeFixes.HeldLockFix>;

namespace Coroutines.Analyzers.Tests.Threads;

public sealed class HeldLockFixTests
{
    private const string Other = "\nstatic async Coroutine Other() => await Coroutine.Yield();";

    [Theory]
    [InlineData("object _gate = new();", "Monitor.Enter(_gate);", "Monitor.Exit(_gate);")]
    [InlineData("object _gate = new object();", "Monitor.Enter(_gate);", "Monitor.Exit(_gate);")]
    [InlineData("Lock _gate = new();", "_gate.Enter();", "_gate.Exit();")]
    [InlineData("Mutex _gate = new Mutex();", "_gate.WaitOne();", "_gate.ReleaseMutex();")]
    public async Task A_pair_of_taking_and_releasing_becomes_a_block(string field, string take, string release) => Assert.Equal("Use a LoopLock", await Fixing.Gives(
        InClass($$"""
        private readonly {{field}}
        async Coroutine Run()
        {
            {{take}} // mine
            try
            {
                [|await Other()|];
            }
            finally
            {
                {{release}}
            }
        }
        """ + Other),
        InClass("""
        private readonly LoopLock _gate = new();
        async Coroutine Run()
        {
            using (await _gate.Acquire()) // mine
            {
                await Other();
            }
        }
        """ + Other)));

    [Theory]
    [InlineData("public readonly object _gate = new();", "Monitor.Enter(_gate); try { [|await Other()|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("private object _gate = new();", "Monitor.Enter(_gate); try { [|await Other()|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("private readonly object _gate = Make(); static object Make() => new();", "Monitor.Enter(_gate); try { [|await Other()|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("private readonly object _gate = new(); void Also() { lock (_gate) { } }", "Monitor.Enter(_gate); try { [|await Other()|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("private readonly object _gate = new();", "Monitor.Enter(_gate); [|await Other()|]; Monitor.Exit(_gate);")]
    [InlineData("private readonly object _gate = new();", "Monitor.Enter(_gate); try { [|await Other()|]; } finally { Console.Write(1); Monitor.Exit(_gate); }")]
    public Task Where_others_may_take_it_it_stays(string field, string body) => Fixing.GivesNothing(InClass($"{field}\nasync Coroutine Run() {{ {body} }}" + Other));

    [Fact]
    public Task All_uses_of_one_lock_change_together() => Fixing.GivesAll(
        InClass("""
        private readonly object _gate = new();
        private readonly Lock _other = new();
        async Coroutine One() { Monitor.Enter(_gate); try { [|await Other()|]; [|await Other()|]; } finally { Monitor.Exit(_gate); } }
        async Coroutine Two() { Monitor.Enter(_gate); try { [|await Other()|]; } finally { Monitor.Exit(_gate); } }
        async Coroutine Three() { _other.Enter(); try { [|await Other()|]; } finally { _other.Exit(); } }
        """ + Other),
        InClass("""
        private readonly LoopLock _gate = new();
        private readonly LoopLock _other = new();
        async Coroutine One() { using (await _gate.Acquire()) { await Other(); await Other(); } }
        async Coroutine Two() { using (await _gate.Acquire()) { await Other(); } }
        async Coroutine Three() { using (await _other.Acquire()) { await Other(); } }
        """ + Other));
}
