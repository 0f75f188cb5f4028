using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Frames of another assembly are fields like those of one's own.</summary>
public sealed class ReferencedAssemblyTests
{
    [Fact]
    public void A_coroutine_of_a_referenced_assembly_runs_in_place()
    {
        var library = TestCompilation.Generate(TestCompilation.Create("""
            namespace Library;
            public static partial class Remote
            {
                [Coroutine] public static async Coroutine<int> Twice(int n) { await Coroutine.Yield(); return n * 2; }
                [Coroutine] public static async Coroutine<T> Echo<T>(T value, int times = 2) { for (int i = 0; i < times; i++) await Coroutine.Yield(); return value; }
                [Coroutine] internal static async Coroutine Hidden() { await Coroutine.Yield(); }
            }
            """, "Library"));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var reference = MetadataReference.CreateFromImage(image.ToArray());

        var program = TestCompilation.Create("""
            public static partial class App
            {
                [Coroutine] public static async Coroutine<int> Main() => await Library.Remote.Twice(3) + await Library.Remote.Echo(4, 1) + await Library.Remote.Echo(5) + await Library.Remote.Echo(times: 3, value: 6);
                public static Coroutine<int> Ordinary() => Library.Remote.Twice(1);
            }
            """, "App", reference);
        // Both assemblies bring the same test prelude; the program's own wins with a warning.
        TestCompilation.Driver().RunGeneratorsAndUpdateCompilation(program, out Compilation generated, out _);
        Assert.Empty(generated.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        string text = string.Concat(generated.SyntaxTrees.Skip(2));
        Assert.Contains("global::Library.Remote.Twice__Frame __await", text, StringComparison.Ordinal);
        Assert.Contains("global::Library.Remote.Echo__Frame<int> __await", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Library.Remote.Echo__Create(5)", text, StringComparison.Ordinal);
        Assert.Contains("Library.Remote.Echo__Create(times: 3, value: 6)", text, StringComparison.Ordinal);
        Assert.Contains("global::Library.Remote.Twice__Create(n)", text, StringComparison.Ordinal);
    }
}
