using Microsoft.CodeAnalysis;
using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.OrdinaryAsyncAnalyzer, Coroutines.CodeFixes.ReturnTypeFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.OrdinaryAsyncAnalyzer>;
using UnsuitableFixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.UnsuitableMethodAnalyzer, Coroutines.CodeFixes.ReturnTypeFix>;

namespace Coroutines.Analyzers.Tests.Declaration;

public sealed class OrdinaryAsyncTests
{
    private const string Other = "\nstatic async Coroutine<int> Other() { await Coroutine.Yield(); return 1; }";

    [Theory]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield();")]
    [InlineData("async ValueTask<int> [|Run|]() { await Coroutine.Delay(TimeSpan.Zero); return 1; }")]
    [InlineData("async Task [|Run|]() { await Other(); await Other(); }")]
    [InlineData("async Task [|Run|]() { while (true) await Other(); }")]
    [InlineData("async Task [|Run|]() { await Task.Yield(); await Coroutine.Yield(); }")]
    [InlineData("async void [|Run|]() => await Other();")]
    [InlineData("void Outer() { async Task [|Run|]() => await Coroutine.Yield(); _ = Run(); }")]
    [InlineData("Action _run = [|async|] () => await Coroutine.Yield();")]
    public Task Functions_that_live_on_the_loop_are_found(string member) => Rule.Finds(InClass(member + Other));

    [Theory]
    [InlineData("async Coroutine Run() => await Coroutine.Yield();")]
    [InlineData("async Task Run() => await Task.Yield();")]
    [InlineData("async Task<int> Run() => await Other();")]
    [InlineData("async Task<int> Run(EventLoop loop) => await loop.Spawn(Other());")]
    [InlineData("Func<Task> _run = async () => await Coroutine.Yield();")]
    [InlineData("async void OnClick(object? sender, EventArgs e) => await Coroutine.Yield();")]
    [InlineData("[Obsolete] async Task Test() => await Coroutine.Yield();")]
    [InlineData("[Coroutine] async Task Run() => await Coroutine.Yield();")]
    [InlineData("class A : IAsyncDisposable { public async ValueTask DisposeAsync() => await Coroutine.Yield(); }")]
    [InlineData("class A { public virtual async Task Run() => await Coroutine.Yield(); } class B : A { public override async Task Run() => await Coroutine.Yield(); }")]
    [InlineData("void Outer() { Func<Coroutine> f = async () => await Coroutine.Yield(); _ = f; }")]
    public Task Coroutines_bridges_and_what_others_decide_about_are_not(string member) => Rule.Finds(InClass(member + Other));

    [Fact]
    public Task A_program_may_begin_as_it_likes() => Rule.Finds("""
        using Coroutines;
        static class Program { static async Task Main() => await Coroutine.Yield(); }
        """);

    [Theory]
    [InlineData("async Task<List<int>> [|Run|]() { await Coroutine.Yield(); return null!; }", "'Run' waits for what only the loop has, and returns 'Task<List<int>>'; return 'Coroutine<List<int>>' instead")]
    [InlineData("async void [|Run|]() => await Coroutine.Yield();", "'Run' waits for what only the loop has, and returns 'void'; return 'Coroutine' instead")]
    public async Task The_message_says_what_to_return(string member, string message)
    {
        Diagnostic found = Assert.Single(await Rule.Finds(InClass(member)));
        Assert.Equal((message, DiagnosticSeverity.Warning), (found.GetMessage(), found.Severity));
    }

    [Theory]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield();", "async Coroutine Run() => await Coroutine.Yield();")]
    [InlineData("async System.Threading.Tasks.ValueTask<int> [|Run|]() { await Coroutine.Yield(); return 1; }", "async Coroutine<int> Run() { await Coroutine.Yield(); return 1; }")]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield(); async Task Use() => await Run();", "async Coroutine Run() => await Coroutine.Yield(); async Task Use() => await Run();")]
    [InlineData("static async Task [|Run|](int n) { await Coroutine.Yield(); if (n > 0) await Scene.Run(n - 1); }", "static async Coroutine Run(int n) { await Coroutine.Yield(); if (n > 0) await Scene.Run(n - 1); }")]
    public async Task The_return_type_changes(string before, string after) => Assert.Equal("Return 'Coroutine'", await Fixing.Gives(InClass(before), InClass(after)));

    [Theory]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield(); Task Use() => Run();")]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield(); Func<Task> Use() => Run;")]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield(); async Task Use() => await Run().ConfigureAwait(false);")]
    [InlineData("async Task [|Run|]() => await Coroutine.Yield(); async Task Use() => await Task.WhenAll(Run(), Run());")]
    [InlineData("async void [|Run|]() => await Coroutine.Yield();")]
    public Task Not_where_a_call_is_anything_but_awaited(string member) => Fixing.GivesNothing(InClass(member));

    [Fact]
    public Task All_return_types_change_at_once() => Fixing.GivesAll(
        InClass("async Task [|One|]() { await Coroutine.Yield(); await Two(); }\nasync ValueTask<int> [|Two|]() { await Coroutine.Yield(); return 1; }"),
        InClass("async Coroutine One() { await Coroutine.Yield(); await Two(); }\nasync Coroutine<int> Two() { await Coroutine.Yield(); return 1; }"));

    [Fact]
    public Task A_task_with_the_attribute_becomes_a_coroutine_too() => UnsuitableFixing.GivesAll(
        InClass("[Coroutine] async Task [|One|]() => await Two();\n[Coroutine] async Task<int> [|Two|]() { await Task.Yield(); return 1; }"),
        InClass("[Coroutine] async Coroutine One() => await Two();\n[Coroutine] async Coroutine<int> Two() { await Task.Yield(); return 1; }"));
}
