using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.LateReturnAnalyzer, Coroutines.CodeFixes.LateReturnFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.LateReturnAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class LateReturnTests
{
    private const string Work = """

        static async Coroutine Use(IDisposable d) => await Coroutine.Yield();
        static async Coroutine<int> Get(IDisposable d) { await Coroutine.Yield(); return 1; }
        static IDisposable Open() => null!;
        """;

    [Theory]
    [InlineData("static Coroutine F() { using (var d = Open()) return [|Use(d)|]; }")]
    [InlineData("static Coroutine F() { using var d = Open(); return [|Use(d)|]; }")]
    [InlineData("static Coroutine<int> F() { using var d = Open(); if (d is null) return [|Get(d!)|]; return [|Get(d)|]; }")]
    [InlineData("static Coroutine F() { try { return [|Use(null!)|]; } catch (Exception) { return default; } }")]
    [InlineData("static Coroutine F() { try { return [|Use(null!)|]; } finally { Open(); } }")]
    [InlineData("static Coroutine F() { try { Open(); } catch (Exception) { return [|Use(null!)|]; } finally { Open(); } return default; }")]
    [InlineData("static readonly object s_gate = new(); static Coroutine F() { lock (s_gate) return [|Use(null!)|]; }")]
    [InlineData("static Coroutine F() { using var d = Open(); var c = Use(d); return [|c|]; }")]
    [InlineData("static Func<Coroutine> F() => () => { using var d = Open(); return [|Use(d)|]; };")]
    public Task A_coroutine_that_leaves_its_block_unstarted_is_found(string members) => Rule.Finds(InClass(members + Work));

    [Theory]
    [InlineData("static async Coroutine F() { using var d = Open(); await Use(d); }")]
    [InlineData("static async Coroutine<int> F() { using var d = Open(); return await Get(d); }")]
    [InlineData("static Coroutine F() => Use(null!);")]
    [InlineData("static Coroutine F() { using (var d = Open()) { d.ToString(); } return Use(null!); }")]
    [InlineData("static Coroutine F() { try { Open(); } catch (Exception) { return Use(null!); } return default; }")]
    [InlineData("static Coroutine F(Coroutine given) { using var d = Open(); return given; }")]
    [InlineData("static Coroutine F() { using var d = Open(); return default; }")]
    [InlineData("static Func<Coroutine> F() { using var d = Open(); return () => Use(null!); }")]
    [InlineData("static Coroutine F() { if (Open() is null) return Use(null!); using var d = Open(); d.ToString(); throw new Exception(); }")]
    [InlineData("static CoroutineTask F(EventLoop loop) { using var d = Open(); return loop.Spawn(Use(null!)); }")]
    public Task One_that_is_awaited_or_needs_no_block_is_not(string members) => Rule.Finds(InClass(members + Work));

    [Fact]
    public async Task The_message_names_coroutine_and_block() => Assert.Equal(
        "'Use' starts when the caller awaits it, after this 'using' has ended; await it here",
        await Rule.Message(InClass("static Coroutine F() { using var d = Open(); return [|Use(d)|]; }" + Work)));

    [Theory]
    [InlineData("static Coroutine F() { using var d = Open(); return [|Use(d)|]; }", "static async Coroutine F() { using var d = Open(); await Use(d); }")]
    [InlineData("static Coroutine F() { using (var d = Open()) { return [|Use(d)|]; } }", "static async Coroutine F() { using (var d = Open()) { await Use(d); } }")]
    [InlineData("static Coroutine<int> F() { using var d = Open(); return [|Get(d)|]; }", "static async Coroutine<int> F() { using var d = Open(); return await Get(d); }")]
    [InlineData(
        "Coroutine F() { using var d = Open(); if (d is null) return [|Use(d!)|]; return [|Use(d)|]; }",
        "async Coroutine F() { using var d = Open(); if (d is null) { await Use(d!); return; } await Use(d); }")]
    [InlineData(
        "static Coroutine<int> F() { try { return [|Get(null!)|]; } catch (Exception) { return Get(null!); } }",
        "static async Coroutine<int> F() { try { return await Get(null!); } catch (Exception) { return await Get(null!); } }")]
    [InlineData(
        "// why\nCoroutine F() { Coroutine Inner() { using var d = Open(); return [|Use(d)|]; } return Inner(); }",
        "// why\nCoroutine F() { async Coroutine Inner() { using var d = Open(); await Use(d); } return Inner(); }")]
    public Task The_method_becomes_async(string before, string after) => Fixing.Gives(InClass(before + Work), InClass(after + Work));

    [Theory]
    [InlineData("static Coroutine F(ref int n) { using var d = Open(); return [|Use(d)|]; }")]
    [InlineData("static readonly object s_gate = new(); static Coroutine F() { lock (s_gate) return [|Use(null!)|]; }")]
    [InlineData("static Func<Coroutine> F() => () => { using var d = Open(); return [|Use(d)|]; };")]
    public Task Nothing_is_offered_where_the_method_cannot_be_async(string members) => Fixing.GivesNothing(InClass(members + Work));

    [Fact]
    public Task Fix_all_makes_each_method_async_once() => Fixing.GivesAll(
        InClass("Coroutine F() { using var d = Open(); if (d is null) return [|Use(d!)|]; return [|Use(d)|]; }\nstatic Coroutine<int> G() { using var d = Open(); return [|Get(d)|]; }" + Work),
        InClass("async Coroutine F() { using var d = Open(); if (d is null) { await Use(d!); return; } await Use(d); }\nstatic async Coroutine<int> G() { using var d = Open(); return await Get(d); }" + Work));
}
