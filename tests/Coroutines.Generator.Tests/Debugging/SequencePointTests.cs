using System.Reflection.Metadata;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Coroutines.Generator.Tests.Debugging;

/// <summary>Breakpoints and stepping work in the user's file: the portable PDB says so.</summary>
public sealed class SequencePointTests
{
    [Fact]
    public void MoveNext_has_sequence_points_on_the_users_lines()
    {
        string source = BothLowerings.Source("""
            [Coroutine] public static async Coroutine Main()
            {
                int first = 1;
                for (int i = 0; i < 2; i++)
                {
                    first += await Later(i);
                    if (first > 2)
                        Log("large");
                }
                try
                {
                    await Text("x");
                }
                finally
                {
                    Log("finally");
                }
            }
            """);
        string[] lines = source.Split('\n');
        int lineOf(string text) => Array.FindIndex(lines, l => l.Contains(text, StringComparison.Ordinal)) + 1;
        var mapped = MappedLines(TestCompilation.Generate(TestCompilation.Create(source)), "Main__MoveNext");

        foreach (string text in new[] { "int first", "for (int i", "first += await", "if (first", "Log(\"large\")", "await Text(\"x\")", "Log(\"finally\")" })
            Assert.Contains(lineOf(text), mapped.Select(m => m.Line));
        Assert.All(mapped, m => Assert.Equal(TestCompilation.FileName, m.File));
        Assert.All(mapped, m => Assert.InRange(m.Line, lineOf("async Coroutine Main"), lineOf("Coroutine<int> Later") - 1));
    }

    private static List<(string File, int Line)> MappedLines(Compilation compilation, string method)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        Assert.True(compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)).Success);
        image.Position = symbols.Position = 0;
        using var portable = new System.Reflection.PortableExecutable.PEReader(image);
        MetadataReader metadata = portable.GetMetadataReader();
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        MetadataReader pdb = provider.GetMetadataReader();
        var handle = metadata.MethodDefinitions.Single(h => metadata.GetString(metadata.GetMethodDefinition(h).Name) == method);
        return [.. pdb.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints()
            .Where(p => !p.IsHidden).Select(p => (pdb.GetString(pdb.GetDocument(p.Document).Name), p.StartLine))];
    }
}
