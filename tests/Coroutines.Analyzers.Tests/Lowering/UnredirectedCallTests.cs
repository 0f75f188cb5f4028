using Coroutines.Analyzers.Tests.Harness;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Xunit;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.UnredirectedCallAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lowering;

/// <summary>Which calls are redirected is the generator's business and tested there. Here: that one which is not is told, where, and how loudly.</summary>
public sealed class UnredirectedCallTests
{
    private static readonly TestOptions s_listed = TestOptions.Property("CoroutinesInterceptorsNamespaces", ",Coroutines.Generated,App");

    [Fact]
    public Task A_call_that_is_redirected_needs_no_word() => Rule.Finds("""
        namespace App.Inner
        {
            partial class A
            {
                enum Kind { None }
                [Coroutines.Coroutine] async Coroutines.Coroutine One(Kind kind) => await Task.Yield();
                [Coroutines.Coroutine] async Coroutines.Coroutine Two() => await Task.Yield();
                object Run() => (One(Kind.None), Two());
            }
        }
        """, s_listed);

    [Fact]
    public async Task A_private_signature_in_a_namespace_that_is_not_listed_is_information()
    {
        var found = await Rule.Finds("""
            namespace Application
            {
                partial class A
                {
                    enum Kind { None }
                    [Coroutines.Coroutine] async Coroutines.Coroutine One(Kind kind) => await Task.Yield();
                    object Run() => {|CORO231:One(Kind.None)|};
                }
            }
            """, s_listed);
        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal("This call of 'One' runs the compiler's lowering: " + string.Format(CallRefusals.NamespaceNotListed.Message, "Application"), diagnostic.GetMessage());
    }

    [Fact]
    public Task Every_call_is_told_where_the_project_lists_no_namespaces() => Rule.Finds("""
        partial class A
        {
            [Coroutines.Coroutine] async Coroutines.Coroutine One() => await Task.Yield();
            object Run() => {|CORO231:One()|};
        }
        """);

    [Fact]
    public Task Only_calls_outside_generated_bodies_need_interceptors() => Rule.Finds("""
        partial class A
        {
            enum Kind { None }
            [Coroutines.Coroutine] async Coroutines.Coroutine One(Kind kind) => await Task.Yield();
            [Coroutines.Coroutine] async Coroutines.Coroutine Generated() { var c = One(Kind.None); await c; }
        }
        file partial class B
        {
            enum Kind { None }
            [Coroutines.Coroutine] async Coroutines.Coroutine Refused(Kind kind) => await Task.Yield();
            object Run() => Refused(Kind.None);
        }
        """, s_listed);

    [Fact]
    public Task A_call_inside_a_refused_coroutine_is_told() => Rule.Finds("""
        partial class A
        {
            enum Kind { None }
            [Coroutines.Coroutine] async Coroutines.Coroutine One(Kind kind) => await Task.Yield();
            [Coroutines.Coroutine] async Coroutines.Coroutine Refused(Memory<byte> m) { var kept = (1, new { X = 1 }); await Task.Yield(); _ = kept.Item2.X; await {|CORO232:One(Kind.None)|}; }
        }
        """, s_listed);

    [Fact]
    public Task Calls_that_no_interceptor_is_for_are_not_mentioned() => Rule.Finds("""
        interface I { Coroutines.Coroutine Run(); }
        partial class A : I
        {
            enum Kind { None }
            [Coroutines.Coroutine] public virtual async Coroutines.Coroutine Run() => await Task.Yield();
            [Coroutines.Coroutine] async Coroutines.Coroutine One(Kind kind) => await Task.Yield();
            async Coroutines.Coroutine Unmarked() => await Task.Yield();
            object Calls(I i) => (i.Run(), Run(), Unmarked(), (Func<Kind, Coroutines.Coroutine>)One);
        }
        """, s_listed);

    [Fact]
    public void Every_reason_of_the_generator_is_a_rule() => Assert.Equal(
        CallRefusals.All.Select(reason => reason.Id).Order(),
        new UnredirectedCallAnalyzer().SupportedDiagnostics.Select(rule => rule.Id));

    [Fact]
    public Task What_must_be_generated_is_left_to_the_rule_about_that() => Rule.Finds("""
        partial class A
        {
            [Coroutines.Coroutine(RequireGenerated = true)] async Coroutines.Coroutine One() => await Task.Yield();
            object Run() => One();
        }
        """);
}
