using Microsoft.CodeAnalysis;
using Xunit;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TransitiveBlockingAnalyzer>;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary>CORO107: calls whose target is chosen when they are made.</summary>
public sealed class TargetsTests
{
    private static string Program(string types, string statement) => $$"""
        using Coroutines;

        {{types}}

        partial class Scene
        {
            [Coroutine]
            static async Coroutine Run(Store store)
            {
                {{statement}}
                await Coroutine.Yield();
            }
        }
        """;

    private const string Slow = "public override void Save() => Thread.Sleep(1);";
    private const string Fast = "public override void Save() { }";

    [Theory]
    [InlineData("abstract class Store { public abstract void Save(); } class A : Store { " + Slow + " } class B : Store { " + Fast + " }", "store.{|CORO107:Save|}();")]
    [InlineData("interface Store { void Save(); } class A : Store { public void Save() => Thread.Sleep(1); } class B : Store { public void Save() { } }", "store.{|CORO107:Save|}();")]
    [InlineData("class Store { public Action? Saving; public void Set() => Saving = () => Thread.Sleep(1); }", "{|CORO107:store.Saving!|}();")]
    [InlineData("class Store { public event Action? Saving; public void Set() => Saving += () => Thread.Sleep(1); public void Save() => Saving?.Invoke(); }", "store.{|CORO107:Save|}();")]
    [InlineData("public interface Store { void Save(); } class A : Store { public void Save() => Thread.Sleep(1); }", "store.{|CORO107:Save|}();")]
    [InlineData("public class Store { public virtual void Save() => Thread.Sleep(1); }", "store.{|CORO107:Save|}();")]
    [InlineData("class Store { } ", "Action save = () => { }; if (store is null) save = () => Thread.Sleep(1); {|CORO107:save|}();")]
    public Task Calls_are_found_if_some_of_their_targets_block(string types, string statement) => Rule.Finds(Program(types, statement));

    [Theory]
    [InlineData("abstract class Store { public abstract void Save(); } class A : Store { " + Slow + " } class B : Store { " + Slow + " }", "store.{|CORO105:Save|}();")]
    [InlineData("interface Store { void Save(); } class A : Store { void Store.Save() => Thread.Sleep(1); }", "store.{|CORO105:Save|}();")]
    [InlineData("interface Store { void Save() => Thread.Sleep(1); } class A : Store { }", "store.{|CORO105:Save|}();")]
    [InlineData("interface Store { int Size { get; } } class A : Store { public int Size { get { Thread.Sleep(1); return 1; } } }", "int n = store.{|CORO106:Size|};")]
    [InlineData("abstract class Store { public abstract void Save(); } sealed class A : Store { " + Slow + " } class B : Store { " + Fast + " }", "new A().{|CORO105:Save|}();")]
    [InlineData("class Store { public virtual void Save() => Thread.Sleep(1); } class B : Store { public override void Save() { } public void Both() => base.Save(); }", "new B().{|CORO105:Both|}();")]
    public Task A_call_of_which_every_target_blocks_is_an_ordinary_one(string types, string statement) => Rule.Finds(Program(types, statement));

    [Theory]
    [InlineData("abstract class Store { public abstract void Save(); } class A : Store { " + Fast + " }", "store.Save();")]
    [InlineData("abstract class Store { public abstract void Save(); } class A : Store { " + Slow + " } class B : Store { " + Fast + " }", "new B().Save();")]
    [InlineData("class Store { public Action? Saving; public void Set() { Action other = () => Thread.Sleep(1); Saving = null; } }", "store.Saving?.Invoke();")]
    public Task A_call_of_which_no_target_blocks_is_not(string types, string statement) => Rule.Finds(Program(types, statement));

    [Fact]
    public async Task It_is_information_and_says_which_target_blocks()
    {
        Diagnostic found = Assert.Single(await Rule.Finds(Program(
            "abstract class Store { public abstract void Save(); } class A : Store { " + Slow + " } class B : Store { " + Fast + " }", "store.{|CORO107:Save|}();")));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal("'A.Save' in coroutine 'Run' is one of the targets of a call, and leads to a blocking call: A.Save → Thread.Sleep", found.GetMessage());
    }

    [Fact]
    public async Task In_an_application_a_public_type_can_have_no_other_overrides() => await Rule.Finds("""
        using Coroutines;

        EventLoop.Run(Scene.Run(new A()));

        public interface IStore { void Save(); }
        public class A : IStore { public void Save() => Thread.Sleep(1); }

        partial class Scene
        {
            [Coroutine]
            public static async Coroutine Run(IStore store)
            {
                store.{|CORO105:Save|}();
                await Coroutine.Yield();
            }
        }
        """);
}
