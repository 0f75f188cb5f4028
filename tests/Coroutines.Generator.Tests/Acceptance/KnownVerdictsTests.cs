using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Tests.Acceptance;

/// <summary>
/// While somebody types, verdicts about the methods that the edit cannot concern are remembered. Right they are after every edit: of random ones, on all constructs, the differential tests see to it.
/// </summary>
public sealed class KnownVerdictsTests
{
    private const string Program = """
        using Alias = System.Int32;

        partial class Program
        {
            private readonly int _field = 1;

            public int Helper(int n)
            {
                return n;
            }

            public string Expression() => "text";

            [Coroutine] public async Coroutine<int> Refused()
            {
                var a = (1, new { X = 1 });
                await Coroutine.Yield();
                return a.Item2.X;
            }

            [Coroutine] public async Coroutine<int> Watched()
            {
                [Coroutine] async Coroutine<Item> Local() { await Coroutine.Yield(); return new Item(); }
                var item = await Local();
                await Coroutine.Yield();
                return item.Value + Helper(_field) + (Alias)item.Other;
            }
        }

        public struct Item(int first)
        {
            public int Value;
            public long Other => Value;
            public void Mention() { }
            public void Unmentioned() { int second = first; }
            private More _rest;
        }

        public struct More
        {
            public int Much;
        }

        class Others { }

        struct Unseen { public int Held; }
        """;

    [Theory]
    [InlineData("return n;", "return n + 1;")]
    [InlineData("return n;", "return n + ;")]
    [InlineData("return n;", "// A comment, and an error: \n return Nothing;")]
    [InlineData("=> \"text\"", "=> \"other text\"")]
    [InlineData("var a = (1, new { X = 1 });", "var a = (1, new { X = 1, Y = 2 });")]
    public void A_body_concerns_itself_alone(string old, string @new)
    {
        var (before, after) = (Verdicts(Program), Verdicts(Program.Replace(old, @new, StringComparison.Ordinal)));
        Assert.Same(before[1].Frames[0], after[1].Frames[0]);
        Assert.Same(before[1].Locals[0].Refusal, after[1].Locals[0].Refusal);
    }

    [Fact]
    public void A_verdict_moves_with_its_method()
    {
        var (before, after) = (Verdicts(Program), Verdicts(Program.Replace("return n;", "return n + 1;", StringComparison.Ordinal)));
        Assert.Equal(before[0].Refusal!.Start + 4, after[0].Refusal!.Start);
        Assert.Equal(before[1].Locals[0].Start + 4, after[1].Locals[0].Start);
    }

    [Theory]
    [InlineData("int Helper(int n)", "int Helper(long n)")]
    [InlineData("_field = 1", "_field = 2")]
    [InlineData("System.Int32", "System.Int64")]
    [InlineData("public int Value;", "public int Value; private long _more;")]
    [InlineData("public struct Item(", "public ref struct Item(")]
    [InlineData("public void Mention() { }", "public void Mention() { first++; }")]
    [InlineData("return n;", "\n#nullable disable\nreturn n;")]
    [InlineData("return n;", "return n; } public string Helper(object n) { return \"\";")]
    [InlineData("class Others {", "class Others { public static int Helper;")]
    [InlineData("class Others {", "class Others { public static Item Helper(string text) => default;")]
    [InlineData("public int Value;", "public int Value; public Others Others;")]
    [InlineData("public int Much;", "public int Much, Muchmore;")]
    [InlineData("public int Much;", "#pragma warning disable CS0168\npublic int Much;")]
    [InlineData("class Others", "static class Extensions { public static Others GetAwaiter(this string text) => null; } class Others")]
    [InlineData("partial class Program", "namespace System { class Program; } partial class Program")]
    [InlineData("public int Helper(", "private struct Watched__Frame; public int Helper(")]
    [InlineData("public int Helper(", "public int this[int index] => index; public int Helper(")]
    [InlineData("public int Helper(", "public required int Much { get; set; } public int Helper(")]
    [InlineData("partial class Program", "partial class Program : Others")]
    [InlineData("await Local();", "await Local(); // Now it is another text.")]
    public void What_its_names_lead_to_concerns_it(string old, string @new)
    {
        var (before, after) = (Verdicts(Program), Verdicts(Program.Replace(old, @new, StringComparison.Ordinal)));
        Assert.NotSame(before[1], after[1]);
    }

    [Theory]
    [InlineData("partial class Program", "file class Marker; partial class Program")]
    [InlineData("class Others {", "class Others { public int Free; public void Helped() { } class Inner(int n);")]
    [InlineData("class Others {", "sealed class Others : System.IDisposable { public void Dispose() { }")]
    [InlineData("string Expression()", "int Expression()")]
    [InlineData("[Coroutine] public async Coroutine<int> Watched()", "// A comment.\n[Coroutine] public async Coroutine<int> Watched()")]
    [InlineData("string Expression()", "string Renamed()")]
    [InlineData("public int Helper(", "private struct Watcher__Frame; public int Helper(")]
    [InlineData("public int Helper(", "private int _more; public int Property => 1; event Action Happened; public int Helper(")]
    [InlineData("public int Held;", "public long Held, Kept;")]
    public void What_they_do_not_lead_to_does_not(string old, string @new)
    {
        var (before, after) = (Verdicts(Program), Verdicts(Program.Replace(old, @new, StringComparison.Ordinal)));
        Assert.Same(before[1].Frames[0], after[1].Frames[0]);
    }

    [Fact]
    public void A_member_that_moves_to_another_type_concerns_who_calls_it()
    {
        const string Helper = "public int Helper(int n)\n    {\n        return n;\n    }";
        string moved = Program.Replace(Helper, "", StringComparison.Ordinal).Replace("class Others { }", $"class Others {{ {Helper} }}", StringComparison.Ordinal);
        Assert.NotEqual(Program.Length, moved.Length);
        Assert.True(Verdicts(Program)[1].IsGenerated);
        Assert.False(Verdicts(moved)[1].IsGenerated);
    }

    [Fact]
    public void Of_two_that_are_the_same_each_has_a_verdict_of_its_own()
    {
        string coroutine = Program[Program.IndexOf("[Coroutine] public async Coroutine<int> Refused", StringComparison.Ordinal)..Program.IndexOf("[Coroutine] public async Coroutine<int> Watched", StringComparison.Ordinal)];
        Assert.Equal(2, Verdicts(Program).Count);
        Assert.Equal(3, Verdicts(Program.Replace(coroutine, coroutine + coroutine, StringComparison.Ordinal)).Count);
    }

    [Fact]
    public void The_same_text_elsewhere_is_another_method()
    {
        const string Twins = """
            partial class First { struct Item { public int A; } [Coroutine] async Coroutine M() { var i = new Item(); await Coroutine.Yield(); Log(i); } }
            partial class Second { struct Item { public long A, B; } [Coroutine] async Coroutine M() { var i = new Item(); await Coroutine.Yield(); Log(i); } }
            """;
        var verdicts = Verdicts(Twins);
        Assert.NotEqual(verdicts[0].Frames[0].Bytes, verdicts[1].Frames[0].Bytes);
    }

    [Fact]
    public void Options_and_references_concern_all()
    {
        var program = TestCompilation.Create(Program);
        KnownVerdict verdict = Verdicts(program)[1];
        Assert.Same(verdict, Verdicts(program.WithOptions(program.Options.WithReportSuppressedDiagnostics(true)))[1]);
        Assert.NotSame(verdict, Verdicts(program.WithOptions(program.Options.WithOverflowChecks(true)))[1]);
        Assert.NotSame(verdict, Verdicts(program.WithAssemblyName("Other"))[1]);
        Assert.NotSame(verdict, Verdicts(program.AddReferences(TestCompilation.Create("", "Empty").ToMetadataReference()))[1]);
        Assert.NotSame(verdict, Verdicts(program.AddSyntaxTrees(TestCompilation.Parse("class More;", "/src/More.cs")))[1]);
        Assert.NotSame(verdict, Verdicts(program.ReplaceSyntaxTree(
            program.SyntaxTrees[0], CSharpSyntaxTree.ParseText(Program, TestCompilation.ParseOptions.WithPreprocessorSymbols("DEBUG"), TestCompilation.FileName)))[1]);
    }

    private static List<KnownVerdict> Verdicts(string source) => Verdicts(TestCompilation.Create(source));

    /// <summary>Of every coroutine, in the order of the text, and each compared with what the generator says without remembering anything.</summary>
    private static List<KnownVerdict> Verdicts(CSharpCompilation program)
    {
        var verdicts = new List<KnownVerdict>();
        SemanticModel semantics = program.GetSemanticModel(program.SyntaxTrees[0]);
        foreach (MethodDeclarationSyntax syntax in program.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if (syntax.AttributeLists.Count == 0)
                continue;
            IMethodSymbol method = semantics.GetDeclaredSymbol(syntax)!;
            KnownVerdict known = KnownVerdicts.Of(program).About(method, default)!;
            Assert.Equal(KnownVerdict.Of(CoroutineAcceptance.Check(method, syntax, semantics, default), syntax), known);
            verdicts.Add(known);
        }
        return verdicts;
    }
}
