using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ThreadStateAnalyzer>;

namespace Coroutines.Analyzers.Tests.Threads;

public sealed class ThreadStateTests
{
    [Theory]
    [InlineData("t_n = 1; await Coroutine.Yield(); Use([|t_n|]);")]
    [InlineData("Use(t_n); await Coroutine.Yield(); [|t_n|]++;")]
    [InlineData("s_local.Value = 1; await Coroutine.Yield(); Use([|s_local.Value|]);")]
    [InlineData("while (true) { Use([|t_n|]); await Coroutine.Yield(); }")]
    [InlineData("t_n = 1; try { await Coroutine.Yield(); } finally { Use([|t_n|]); }")]
    public Task State_read_after_others_ran_is_found(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("t_n = 1; Use(t_n); await Coroutine.Yield();")]
    [InlineData("await Coroutine.Yield(); t_n = 1; Use(t_n);")]
    [InlineData("t_n = 1; await Coroutine.Yield(); t_n = 1; Use(t_n);")]
    [InlineData("while (true) { t_n = 1; Use(t_n); await Coroutine.Yield(); }")]
    [InlineData("s_n = 1; await Coroutine.Yield(); Use(s_n);")]
    [InlineData("s_flow.Value = 1; await Coroutine.Yield(); Use(s_flow.Value);")]
    [InlineData("int mine = t_n; await Coroutine.Yield(); Use(mine);")]
    [InlineData("t_n = 1; Func<Task> f = async () => await Task.Yield(); Use(t_n);")]
    public Task State_of_one_turn_is_not(string statements) => Rule.Finds(Program(statements));

    private static string Program(string statements) => InClass($$"""
        [ThreadStatic] static int t_n;
        static int s_n;
        static readonly ThreadLocal<int> s_local = new();
        static readonly AsyncLocal<int> s_flow = new();
        static void Use(int n) { }
        [Coroutine] static async Coroutine Run() { {{statements}} }
        """);
}
