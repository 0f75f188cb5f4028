using System.Reflection;
using System.Text.RegularExpressions;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Coroutines.Generator.Tests.Debugging;

public sealed class StackTraceTests
{
    [Theory]
    [InlineData("await Two(1);")]
    [InlineData("try { await Two(1); } catch (InvalidOperationException e) when (e.Message.Length == 0) { }")]
    public void An_exception_five_coroutines_deep_names_every_method_once_with_its_line(string one)
    {
        string source = BothLowerings.Source("""
            public static string? Trace5;
            [Coroutine] public static async Coroutine Main()
            {
                try { await One(); } catch (InvalidOperationException e) { Trace5 = e.ToString(); }
            }
            [Coroutine] static async Coroutine One()
            {
                ONE
            }
            [Coroutine] static async Coroutine<int> Two(int n)
            {
                return n + await Three();
            }
            [Coroutine] static async Coroutine<int> Three()
            {
                await Coroutine.Yield();
                int x = await Four(2);
                return x;
            }
            [Coroutine] static async Coroutine<int> Four(int depth)
            {
                if (await Five() > 0) return 1;
                return depth;
            }
            [Coroutine] static async Coroutine<int> Five()
            {
                await Coroutine.Yield();
                throw new InvalidOperationException("deep");
            }
            """.Replace("ONE", one, StringComparison.Ordinal));
        Assembly assembly = TestCompilation.Load(TestCompilation.Generate(TestCompilation.Create(source)), withSymbols: true);
        assembly.GetType("Start")!.GetMethod("Run")!.Invoke(null, null);
        string trace = (string)assembly.GetType("Program")!.GetField("Trace5")!.GetValue(null)!;

        string[] lines = source.Split('\n');
        foreach (var (method, text) in new[] { ("Five", "throw new"), ("Four", "await Five()"), ("Three", "await Four(2)"), ("Two", "await Three()"), ("One", "await Two(1)"), ("Main", "await One()") })
        {
            int line = Array.FindIndex(lines, l => l.Contains(text, StringComparison.Ordinal)) + 1;
            Assert.Single(Regex.Matches(trace, $@"Program\.{method}__MoveNext\(.*\) in {Regex.Escape(TestCompilation.FileName)}:line {line}\b"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Coroutines_are_kept_from_being_inlined_where_that_is_asked_for(bool isAsked)
    {
        Compilation generated = TestCompilation.Generate(TestCompilation.Create("partial class Program { [Coroutine] public static async Coroutine One() => await Coroutine.Yield(); }"));
        CSharpParseOptions options = isAsked ? TestCompilation.ParseOptions.WithPreprocessorSymbols("COROUTINES_KEEP_FRAMES") : TestCompilation.ParseOptions;
        Compilation defined = generated.RemoveAllSyntaxTrees().AddSyntaxTrees(
            generated.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), options, tree.FilePath)));
        MethodInfo moveNext = TestCompilation.Load(defined, withSymbols: true).GetType("Program")!
            .GetMethod("One__MoveNext", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        Assert.Equal(isAsked, moveNext.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining));
    }
}
