using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.NeedlessLockAnalyzer, Coroutines.CodeFixes.NeedlessLockFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.NeedlessLockAnalyzer>;

namespace Coroutines.Analyzers.Tests.Threads;

public sealed class NeedlessLockTests
{
    [Theory]
    [InlineData("[|lock|] (task) milliseconds = 0;")]
    [InlineData("[|lock|] (task) { milliseconds = 0; } await Other(); [|lock|] (task) { }")]
    [InlineData("Func<Coroutine> f = async () => { [|lock|] (task) { } await Other(); };")]
    public Task A_lock_in_a_coroutine_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("Action a = () => { lock (task) { } };")]
    [InlineData("await EventLoop.Current.RunInExecutor(() => { lock (task) { } }); lock (task) { }")]
    public Task One_elsewhere_or_shared_with_elsewhere_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task A_lock_that_ordinary_members_take_too_may_be_needed() => Rule.Finds(InClass("""
        readonly object _gate = new(), _own = new();
        int _n;
        void FromAnyThread() { lock (_gate) _n++; }
        [Coroutine] async Coroutine Run() { lock (this._gate) _n++; [|lock|] (_own) _n++; await Coroutine.Yield(); }
        """));

    [Theory]
    [InlineData("[|lock|] (task) milliseconds = 0;", "milliseconds = 0;")]
    [InlineData("// why\n[|lock|] (task)\n{\n    milliseconds = 0;\n}", "// why\n{\n    milliseconds = 0;\n}")]
    public Task The_lock_is_removed(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Fix_all_removes_them_all() => Fixing.GivesAll(InCoroutine("[|lock|] (task) { [|lock|] (number) { } }"), InCoroutine("{ { } }"));
}
