using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Generator.Tests.Harness;

/// <summary>One source compiled in memory against the real runtime, with the generator or without it.</summary>
internal static class TestCompilation
{
    public const string FileName = "/src/Program.cs";

    private const string Prelude = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using Coroutines;
        global using static Trace;
        public static class Trace
        {
            public static readonly List<string> Lines = new();
            public static void Log(object? value) => Lines.Add(value?.ToString() ?? "null");
            public static T Show<T>(string name, T value) { Lines.Add(name + "=" + value); return value; }
        }
        """;

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Coroutines.Generator", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new CSharpParseOptions(LanguageVersion.CSharp13)
        .WithFeatures([new("InterceptorsNamespaces", "Coroutines.Generated;App")]);

    public static CSharpCompilation Create(string source, string name = "Program", params MetadataReference[] more) => CSharpCompilation.Create(
        name,
        [Parse(source, FileName), Parse(Prelude, "/src/Trace.cs")],
        [.. s_references, .. more],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Debug, allowUnsafe: true));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);

    public static GeneratorDriver Driver(IncrementalGeneratorOutputKind disabled = IncrementalGeneratorOutputKind.None, bool reports = false) => CSharpGeneratorDriver.Create(
        [new CoroutineGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new Options(reports),
        driverOptions: new GeneratorDriverOptions(disabled, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator; neither it nor the compiler may complain about what it made.</summary>
    public static Compilation Generate(Compilation compilation)
    {
        Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Empty(generated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS1998" or "CS8321" or "CS4014")).Select(d => d + "\n" + d.Location.SourceTree));
        return generated;
    }

    /// <summary>What the generator and the analyzer are told of every coroutine, in the order of the text.</summary>
    public static IReadOnlyList<Verdict> Verdicts(Compilation compilation)
    {
        var verdicts = new List<Verdict>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel semantics = compilation.GetSemanticModel(tree);
            foreach (MethodDeclarationSyntax syntax in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                var method = semantics.GetDeclaredSymbol(syntax)!;
                if (syntax.AttributeLists.Count > 0 && method.GetAttributes().Any(a => a.AttributeClass?.Name == "CoroutineAttribute"))
                    verdicts.Add(CoroutineAcceptance.Check(method, syntax, semantics, default));
            }
        }
        return verdicts;
    }

    public static Assembly Load(Compilation compilation, bool withSymbols = false)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = symbols.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image, withSymbols ? symbols : null);
    }

    /// <summary>Runs <c>Program.Main</c> on a loop and returns what it logged, its exception last.</summary>
    public static IReadOnlyList<string> Run(Compilation compilation)
    {
        Assembly assembly = Load(compilation);
        var lines = (List<string>)assembly.GetType("Trace")!.GetField("Lines")!.GetValue(null)!;
        try
        {
            assembly.GetType("Start")!.GetMethod("Run")!.Invoke(null, null);
        }
        catch (TargetInvocationException e)
        {
            lines.Add($"{e.InnerException!.GetType().Name}: {e.InnerException.Message}");
        }
        return lines;
    }

    private sealed class Options(bool reports) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global(reports);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Global(bool reports) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key switch
            {
                "build_property.CoroutinesInterceptorsNamespaces" => ",Coroutines.Generated,App",
                "build_property.CoroutinesReport" => reports ? "true" : null,
                _ => null,
            };
            return value is not null;
        }
    }
}
