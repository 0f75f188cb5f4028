using Xunit;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.NonPartialTypeAnalyzer, Coroutines.CodeFixes.PartialTypeFix>;

namespace Coroutines.Analyzers.Tests.Declaration;

public sealed class PartialTypeFixTests
{
    private const string Method = "[Coroutines.Coroutine] async Coroutines.Coroutine Run() => await Task.Yield();";

    [Theory]
    [InlineData("class [|A|] { " + Method + " }", "partial class A { " + Method + " }")]
    [InlineData("public sealed class [|A|] { " + Method + " }", "public sealed partial class A { " + Method + " }")]
    [InlineData("readonly record struct [|A|] { " + Method + " }", "readonly partial record struct A { " + Method + " }")]
    [InlineData("/// <summary>Doc.</summary>\nclass [|A|] { " + Method + " }", "/// <summary>Doc.</summary>\npartial class A { " + Method + " }")]
    [InlineData("[Serializable]\nclass [|A|] { " + Method + " }", "[Serializable]\npartial class A { " + Method + " }")]
    [InlineData("namespace N { class A { internal struct [|B|] { " + Method + " } } }", "namespace N { partial class A { internal partial struct B { " + Method + " } } }")]
    [InlineData("class A { partial class [|B|] { " + Method + " } }", "partial class A { partial class B { " + Method + " } }")]
    public Task Partial_is_added_to_the_type_and_those_around_it(string before, string after) => Fixing.Gives(before, after);

    [Fact]
    public Task Fix_all_adds_it_once_to_a_type_around_several() => Fixing.GivesAll(
        "class [|A|] { " + Method + " class [|B|] { " + Method + " } class [|C|] { " + Method + " } } class [|D|] { " + Method + " }",
        "partial class A { " + Method + " partial class B { " + Method + " } partial class C { " + Method + " } } partial class D { " + Method + " }");
}
