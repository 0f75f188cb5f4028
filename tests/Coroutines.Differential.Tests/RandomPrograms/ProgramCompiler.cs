extern alias analyzers;
extern alias generator;
extern alias reference;

using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using generator::Coroutines.Generator;
using generator::Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Differential.RandomPrograms;

/// <summary>Compiles programs in memory, with and without the generator.</summary>
internal static class ProgramCompiler
{
    private static readonly CSharpParseOptions s_parsing = new CSharpParseOptions(LanguageVersion.Preview)
        .WithFeatures([new("InterceptorsNamespaces", "Coroutines.Generated;Programs")]);

    // Few: the compiler looks for extension methods in all of them.
    private static readonly string[] s_assemblies =
        ["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Linq.AsyncEnumerable", "System.Memory", "System.Threading", "System.ComponentModel.Primitives", "System.ComponentModel.TypeConverter", "System.ObjectModel", "System.Net.Primitives", "System.Net.Sockets", "System.Linq.Expressions", "Microsoft.CSharp"];

    // The two sets of behaviours are compiled with the same names; programs see those of the reference project.
    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => s_assemblies.Contains(Path.GetFileNameWithoutExtension(path)))
            .Concat([typeof(EventLoop).Assembly.Location, typeof(reference::Coroutines.Differential.Trace).Assembly.Location])
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
        [.. typeof(analyzers::Coroutines.Analyzers.NonPartialTypeAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <exception cref="InvalidOperationException">The programs do not compile.</exception>
    public static CompiledPrograms Compile(IEnumerable<RandomProgram> programs) =>
        Compile(ProgramPrelude.Source, programs.Select(program => (program.Name, program.Write())));

    /// <exception cref="InvalidOperationException">The programs do not compile.</exception>
    public static CompiledPrograms Compile(string prelude, IEnumerable<(string Name, string Text)> programs)
    {
        var compilation = Create(prelude, programs);
        return new CompiledPrograms(Load(compilation), Load(Generate(compilation)));
    }

    /// <summary>The coroutines of the programs that the generator leaves to the compiler, each with the reason.</summary>
    public static IEnumerable<string> Refusals(string prelude, string name, string text)
    {
        var compilation = Create(prelude, [(name, text)]);
        var tree = compilation.SyntaxTrees[1];
        var semantics = compilation.GetSemanticModel(tree);
        return from syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
               let verdict = CoroutineAcceptance.Check(semantics.GetDeclaredSymbol(syntax)!, syntax, semantics, CancellationToken.None)
               from refusal in verdict.Locals.Select(local => local.Refusal).Prepend(verdict.Refusal).OfType<Refusal>()
               select $"{verdict.Id}: {refusal.Message}";
    }

    /// <summary>What made the generator or an analyzer fail on programs that need not compile; null if nothing did.</summary>
    /// <exception cref="OperationCanceledException">They did not come to an end.</exception>
    public static async Task<string?> Failure(string prelude, IEnumerable<(string Name, string Text)> programs, CancellationToken cancellation)
    {
        var compilation = Create(prelude, programs);
        var failure = CSharpGeneratorDriver.Create(new CoroutineGenerator()).WithUpdatedParseOptions(s_parsing)
            .RunGenerators(compilation, cancellation).GetRunResult().Results[0].Exception;
        if (failure is not null)
            return failure.ToString();
        var analysed = new CompilationWithAnalyzers(compilation, s_analyzers, new AnalyzerOptions([]));
        var found = await analysed.GetAnalyzerDiagnosticsAsync(cancellation).ConfigureAwait(false);
        return found.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001")?.ToString();
    }

    public static CSharpCompilation Create(string prelude, IEnumerable<(string Name, string Text)> programs) => CSharpCompilation.Create(
        $"Programs{Guid.NewGuid():N}",
        programs.Prepend(("Prelude", prelude)).Select(program => CSharpSyntaxTree.ParseText(program.Item2, s_parsing, program.Item1 + ".cs", System.Text.Encoding.UTF8)),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations, concurrentBuild: false));

    private static Compilation Generate(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(new CoroutineGenerator()).WithUpdatedParseOptions(s_parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        return diagnostics.IsEmpty ? generated : throw new InvalidOperationException(string.Join('\n', diagnostics));
    }

    private static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            throw new InvalidOperationException($"{errors.Count} errors:\n{string.Join('\n', errors.DistinctBy(error => error.Id).Take(5).Select(Described))}");
        }

        image.Position = 0;
        // Collectible code is never tiered: the JIT would optimise every method of programs that run a few times each, which costs more than running them.
        return new AssemblyLoadContext(name: null, isCollectible: false).LoadFromStream(image);
    }

    private static string Described(Diagnostic error) =>
        $"{error}\n    {error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line]}";
}
