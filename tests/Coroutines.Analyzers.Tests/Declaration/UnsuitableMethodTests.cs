using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.UnsuitableMethodAnalyzer>;

namespace Coroutines.Analyzers.Tests.Declaration;

public sealed class UnsuitableMethodTests
{
    [Theory]
    [InlineData("[Coroutine] async Coroutine Run() => await Task.Yield();")]
    [InlineData("[Coroutine] async Coroutine<T> Run<T>(T t) { await Task.Yield(); return t; }")]
    [InlineData("[Coroutine] IEnumerator<ILoopAwaitable> Run() { yield break; }")]
    [InlineData("[Coroutine] IEnumerable<ILoopAwaitable> Run() { yield break; }")]
    [InlineData("[Coroutine] IEnumerator<ILoopAwaitable?> Run() { while (true) { yield return null; } }")]
    [InlineData("[Coroutine] async IAsyncEnumerable<int> Run() { await Task.Yield(); yield return 1; }")]
    [InlineData("[Coroutine] private partial Coroutine Run(); private async partial Coroutine Run() => await Task.Yield();")]
    [InlineData("private partial Coroutine Run(); [Coroutine] private async partial Coroutine Run() => await Task.Yield();")]
    [InlineData("void Outer() { [Coroutine] async Coroutine Run() => await Task.Yield(); _ = Run(); }")]
    [InlineData("Func<Coroutine> _run = [Coroutine] async () => await Task.Yield();")]
    [InlineData("async Task Unmarked() => await Task.Yield();")]
    public Task Every_surface_of_a_coroutine_is_accepted(string member) => Rule.Finds(InClass(member));

    [Theory]
    [InlineData("[Coroutine] Coroutine [|Run|]() => default;")]
    [InlineData("[Coroutine] Coroutine<int> [|Run|]() => default;")]
    [InlineData("[Coroutine] void [|Run|]() { }")]
    [InlineData("[Coroutine] async void [|Run|]() => await Task.Yield();")]
    [InlineData("[Coroutine] async Task [|Run|]() => await Task.Yield();")]
    [InlineData("[Coroutine] async ValueTask<int> [|Run|]() { await Task.Yield(); return 1; }")]
    [InlineData("[Coroutine] int [|Run|]() => 1;")]
    [InlineData("[Coroutine] IEnumerator<int> [|Run|]() { yield break; }")]
    [InlineData("[Coroutine] IEnumerator<ILoopAwaitable> [|Run|]() => null!;")]
    [InlineData("[Coroutine] IEnumerable<ILoopAwaitable> [|Run|]() { return Inner(); IEnumerable<ILoopAwaitable> Inner() { yield break; } }")]
    [InlineData("[Coroutine] IAsyncEnumerable<int> [|Run|]() => null!;")]
    [InlineData("Coroutine Run { [Coroutine] [|get|] => default; }")]
    [InlineData("[Coroutine] private partial Coroutine [|Run|](); private partial Coroutine Run() => default;")]
    [InlineData("void Outer() { [Coroutine] void [|Run|]() { } Run(); }")]
    [InlineData("Action _run = [|[Coroutine] () => { }|];")]
    public Task Other_methods_are_found(string member) => Rule.Finds(InClass(member));

    [Fact]
    public Task An_abstract_method_has_no_body_to_rewrite() => Rule.Finds("""
        using Coroutines;
        abstract partial class Actor { [Coroutine] public abstract Coroutine [|Run|](); [Coroutine] public abstract System.Collections.Generic.IEnumerator<ILoopAwaitable> [|Act|](); }
        partial interface IActor { [Coroutine] Coroutine [|Run|](); }
        """);

    [Theory]
    [InlineData("[Coroutine] Coroutine [|Run|]() => default;",
        "it is not 'async'; add 'async', or remove the attribute if it only passes a coroutine on")]
    [InlineData("[Coroutine] IEnumerator<ILoopAwaitable> [|Run|]() => null!;", "it does not 'yield'; remove the attribute if it only passes a coroutine on")]
    [InlineData("[Coroutine] async Task [|Run|]() => await Task.Yield();", "it returns 'Task'; return 'Coroutine' instead")]
    [InlineData("[Coroutine] async ValueTask<List<int>> [|Run|]() { await Task.Yield(); return null!; }",
        "it returns 'ValueTask<List<int>>'; return 'Coroutine<List<int>>' instead")]
    [InlineData("[Coroutine] int [|Run|]() => 1;", "it returns 'int'; make it 'async' and return 'Coroutine' or 'Coroutine<T>'")]
    public async Task The_message_says_what_to_do(string member, string objection) =>
        Assert.Equal($"'Run' cannot be a coroutine: {objection}", await Rule.Message(InClass(member)));
}
