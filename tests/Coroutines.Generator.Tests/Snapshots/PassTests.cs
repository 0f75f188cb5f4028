using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering;
using Coroutines.Generator.Parsing;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Tests.Snapshots;

/// <summary>What each pass makes of a body: a diff for every pass that changes it, after the layout of the frame that comes of it all.</summary>
public sealed class PassTests
{
    [Theory]
    [InlineData("Using", "await using var resource = new Resource(); Log(await Later(1)); }\nsealed class Resource : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); }")]
    [InlineData("ForEach", "foreach (int n in new List<int> { 1, 2 }) { if (n == 1) continue; Log(await Later(n)); }")]
    [InlineData("Switch", "switch (await Later(1)) { case 1 when await Later(2) > 1: Log(1); break; case int n: await Later(n); goto case 5; case 5: break; }")]
    [InlineData("Catch", "try { Log(1); } catch (ArgumentException e) when (e.Message == \"a\") { Log(await Later(2)); throw; }")]
    [InlineData("Finally", "for (int i = 0; i < 3; i++) { try { if (i == 1) continue; if (i == 2) return; Log(i); } finally { await Later(i); } }")]
    [InlineData("Spilling", "int[] a = [1, 2]; Log(a[0]++ + (a.Length > 1 && await Later(1) > 0 ? await Later(2) : 3) + a[1]);")]
    [InlineData("Hoisting", "int kept = 1, local = 2; string text = $\"{local}\"; await Coroutine.Yield(); Log(kept); kept = 3; Log(text); await Coroutine.Yield(); Log(kept);")]
    public void A_body(string name, string body)
    {
        Compilation compilation = TestCompilation.Create(BothLowerings.Source("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}"));
        SyntaxTree tree = compilation.SyntaxTrees.First();
        SemanticModel semantics = compilation.GetSemanticModel(tree);
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.Identifier.Text == "Main");
        ParsedCoroutine parsed = CoroutineParser.Parse((IMethodSymbol)semantics.GetDeclaredSymbol(syntax)!, syntax, semantics, [], default);

        var context = new LoweringContext(parsed);
        var steps = Passes.Steps(parsed, context).ToList();
        var text = new List<string> { "frame:" };
        text.AddRange(context.Variables.Where(variable => variable.IsHoisted).Select(variable => $"  {variable.Name}: {variable.Type.Text}"));
        IReadOnlyList<string> before = Lines(parsed.Body);
        text.AddRange(["", "parsed:", .. before.Select(line => "  " + line)]);
        foreach (var (pass, after) in steps)
        {
            IReadOnlyList<string> lines = Lines(after);
            if (!lines.SequenceEqual(before))
                text.AddRange(["", pass + ":", .. LineDiff.Of(before, lines)]);
            before = lines;
        }

        Snapshot.Verify(string.Join('\n', text) + "\n", name);

        IReadOnlyList<string> Lines(EquatableArray<Statement> statements) => IrText.Of(statements, context.Variables, [.. context.Labels]);
    }
}
