using Coroutines.Analyzers.Tests.Harness;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.RequiredGenerationAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lowering;

public sealed class RequiredGenerationTests
{
    private static readonly TestOptions s_required = TestOptions.Property("CoroutinesRequireGenerated", "true");

    [Fact]
    public Task A_coroutine_that_is_generated_needs_no_word() => Rule.Finds(InCoroutine("await Other();"), s_required);

    [Fact]
    public async Task It_is_an_error_where_the_coroutine_must_be_generated()
    {
        var found = await Rule.Finds("""
            file partial class A
            {
                [Coroutines.Coroutine(RequireGenerated = true)] async Coroutines.Coroutine [|Run|]() => await Task.Yield();
                [Coroutines.Coroutine(RequireGenerated = false)] async Coroutines.Coroutine Other() => await Task.Yield();
            }
            """);
        Assert.Equal(DiagnosticSeverity.Error, found[0].Severity);
        Assert.Equal("'Run' must be generated, but keeps the compiler's lowering: " + string.Format(Refusals.FileLocalType.Message, "A"), found[0].GetMessage());
    }

    [Fact]
    public Task It_is_an_error_where_the_project_asks_for_all() => Rule.Finds(
        "file partial class A { [Coroutines.Coroutine] async Coroutines.Coroutine [|Run|]() => await Task.Yield(); }", s_required);

    [Fact]
    public Task Streams_can_be_required_too() => Rule.Finds("""
        using System.Collections.Generic;
        partial class A
        {
            [Coroutines.Coroutine(RequireGenerated = true)] async IAsyncEnumerable<int> Generated() { await Task.Yield(); yield return 1; }
            [Coroutines.Coroutine(RequireGenerated = true)] async IAsyncEnumerable<int> [|Refused|]() { var kept = (1, new { X = 1 }); await Task.Yield(); yield return kept.Item2.X; }
        }
        """);

    [Fact]
    public Task A_local_function_can_be_required() => Rule.Finds("""
        partial class A
        {
            void Ordinary()
            {
                [Coroutines.Coroutine] async Coroutines.Coroutine Inner() => await Task.Yield();
                [Coroutines.Coroutine(RequireGenerated = true)] async Coroutines.Coroutine [|Required|]() => await Task.Yield();
            }
        }
        """);

    [Fact]
    public async Task A_call_that_is_not_redirected_is_an_error_where_the_coroutine_must_be_generated()
    {
        var found = await Rule.Finds("""
            partial class A
            {
                enum Kind { None }
                [Coroutines.Coroutine(RequireGenerated = true)] async Coroutines.Coroutine One(Kind kind) => await Task.Yield();
                object Run() => [|One(Kind.None)|];
            }
            """, TestOptions.Property("CoroutinesInterceptorsNamespaces", ",Coroutines.Generated,App"));
        Assert.Equal(DiagnosticSeverity.Error, found[0].Severity);
        Assert.Equal("'One' must be generated, but keeps the compiler's lowering: this call is not redirected: " + string.Format(CallRefusals.GlobalNamespace.Message, "One"), found[0].GetMessage());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("")]
    [InlineData("perhaps")]
    public Task Any_other_value_of_the_property_does_not_ask(string value) => Rule.Finds(
        "file partial class A { [Coroutines.Coroutine] async Coroutines.Coroutine Run() => await Task.Yield(); }",
        TestOptions.Property("CoroutinesRequireGenerated", value));

    [Theory]
    [InlineData("class A { [Coroutines.Coroutine] async Coroutines.Coroutine Run() => await Task.Yield(); }")]
    [InlineData("partial class A { [Coroutines.Coroutine] async Task Run() => await Task.Yield(); }")]
    [InlineData("abstract partial class A { [Coroutines.Coroutine] protected abstract Coroutines.Coroutine Run(); }")]
    [InlineData("partial class A { async Coroutines.Coroutine Unmarked() => await Task.Yield(); }")]
    public Task What_other_rules_report_is_not_repeated(string source) => Rule.Finds(source, s_required);
}
