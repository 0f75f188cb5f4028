extern alias generator;

using Coroutines.Differential.RandomPrograms;
using generator::Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Coroutines.Differential.Matrix;

/// <summary>
/// While somebody types, verdicts of the generator outlive the program for which they were given. After edits of all kinds, of what the programs of the matrix declare and of what they call, each must be
/// the one that is given to who asks for the first time. <c>COROUTINES_EDITS</c> says how many edits, <c>COROUTINES_RANDOM_SEED</c> which.
/// </summary>
public sealed class RememberedVerdictTests
{
    private const int EditsPerSession = 40, ProgramsPerSession = 12;

    private static readonly string[] s_insertions =
    [
        "static ", "partial ", "required ", "readonly ", "ref ", "async ", "new ", "virtual ", "unsafe ", "file ", "const ", "this ", "params ", "?", "in ", "[Coroutine] ", "<T>", "int More; ", "} class More { ",
        "\n#nullable enable\n", "\n#nullable disable\n", "\n#pragma warning disable\n", "public void Dispose() { } ", "public static void Deconstruct(this int i, out int a, out int b) => a = b = i; ",
        "struct M0__Frame { } ", "[System.Obsolete(\"\", true)] ", "public struct A(int n) { public int N => n; } ", "namespace System { class Int32 { } } ", "using Box = System.String; ", "// ",
    ];

    private static readonly int s_edits = Settings.Number("COROUTINES_EDITS", 240);
    private static readonly int s_seed = Settings.Number("COROUTINES_RANDOM_SEED", 1);

    [Fact]
    public void What_is_remembered_is_what_would_be_said_anew()
    {
        MatrixProgram[] all = [.. ConstructMatrix.Programs(whole: false)];
        int remembered = 0;
        Parallel.For(0, (s_edits + EditsPerSession - 1) / EditsPerSession, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, session =>
        {
            var random = new Random(unchecked((s_seed * 1_000_003) + session));
            var program = ProgramCompiler.Create(MatrixPrelude.Source, random.GetItems(all, ProgramsPerSession).DistinctBy(one => one.Name).Select(one => (one.Name, one.Text)));
            var said = new HashSet<object>(ReferenceEqualityComparer.Instance);
            Look(program, said);
            CSharpCompilation edited = program;
            for (int i = 0; i < EditsPerSession; i++)
            {
                // Now and then all is undone: until then one edit comes to the other, and errors to errors.
                if (i % 4 == 0)
                    edited = program;
                int file = random.Next(3) > 0 ? 0 : random.Next(edited.SyntaxTrees.Length);
                var tree = edited.SyntaxTrees[file];
                if (!tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Any())
                    continue;
                string text = Edited(tree, random);
                edited = edited.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath, System.Text.Encoding.UTF8));
                Interlocked.Add(ref remembered, Look(edited, said));
            }
        });

        // Else there would be nothing to be wrong about.
        Assert.True(remembered > s_edits, $"{remembered} of {s_edits} edits");
    }

    /// <summary>Asks for every verdict in both ways.</summary>
    /// <returns>How many had been given before.</returns>
    private static int Look(CSharpCompilation program, HashSet<object> said)
    {
        int remembered = 0;
        foreach (var tree in program.SyntaxTrees)
        {
            var semantics = program.GetSemanticModel(tree);
            foreach (var syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.AttributeLists.Count > 0))
            {
                var method = semantics.GetDeclaredSymbol(syntax)!;
                if (method.PartialImplementationPart is not null || method.DeclaringSyntaxReferences[0].GetSyntax() != syntax)
                    continue;
                var known = KnownVerdicts.Of(program).About(method, CancellationToken.None)!;
                var anew = KnownVerdict.Of(CoroutineAcceptance.Check(method, syntax, semantics, CancellationToken.None), syntax);
                if (!known.Equals(anew))
                    Assert.Fail($"seed {s_seed}: {method} is remembered as\n{known}\n{known.Refusal}\nand is\n{anew}\n{anew.Refusal}\n{program.SyntaxTrees[0]}\n{tree}");
                if (known.Frames.Any(frame => !said.Add(frame)))
                    remembered++;
            }
        }

        return remembered;
    }

    private static string Edited(SyntaxTree tree, Random random)
    {
        string text = tree.ToString();
        SyntaxToken[] tokens = [.. tree.GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
        var token = tokens[random.Next(tokens.Length)];
        switch (random.Next(6))
        {
            case 0:
                return text.Remove(token.SpanStart, token.Span.Length);
            case 1:
                return text.Insert(token.SpanStart, s_insertions[random.Next(s_insertions.Length)]);
            case 2:
                return Replaced(token, tokens[random.Next(tokens.Length)]);
            case 3:
                SyntaxToken[] names = [.. tokens.Where(one => one.IsKind(SyntaxKind.IdentifierToken))];
                return Replaced(names[random.Next(names.Length)], names[random.Next(names.Length)]);
            case 4:
                return text.Insert(Member().FullSpan.Start, Member().ToFullString());
            default:
                var (moved, before) = (Member(), Member());
                string without = text.Remove(moved.FullSpan.Start, moved.FullSpan.Length);
                return moved.FullSpan.IntersectsWith(before.FullSpan.Start) ? without
                    : without.Insert(before.FullSpan.Start > moved.FullSpan.Start ? before.FullSpan.Start - moved.FullSpan.Length : before.FullSpan.Start, moved.ToFullString());
        }

        string Replaced(SyntaxToken old, SyntaxToken by) => text.Remove(old.SpanStart, old.Span.Length).Insert(old.SpanStart, by.Text);

        MemberDeclarationSyntax Member()
        {
            MemberDeclarationSyntax[] members = [.. tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()];
            return members[random.Next(members.Length)];
        }
    }
}
