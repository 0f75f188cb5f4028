using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>A project in memory, against the framework that runs the tests and the real library.</summary>
internal static class TestProject
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference s_library = MetadataReference.CreateFromFile(typeof(CoroutineAttribute).Assembly.Location);

    private static readonly MetadataReference[] s_framework = [.. FrameworkAssemblies().Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The documents come in the order of the sources, after one that holds the global usings.</summary>
    public static Project Create(IEnumerable<string> sources, bool withLibrary = true)
    {
        var workspace = new AdhocWorkspace();
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution
            .AddProject(id, "Test", "Test", LanguageNames.CSharp)
            .WithProjectParseOptions(id, new CSharpParseOptions(LanguageVersion.Latest))
            .WithProjectMetadataReferences(id, withLibrary ? [.. s_framework, s_library] : s_framework)
            .AddDocument(DocumentId.CreateNewId(id), "GlobalUsings.cs", GlobalUsings);

        int number = 0;
        bool topLevel = false;
        foreach (string source in sources)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), $"Test{number++}.cs", source);
            topLevel |= CSharpSyntaxTree.ParseText(source).GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
        }

        return solution
            .WithProjectCompilationOptions(id, new CSharpCompilationOptions(
                topLevel ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable))
            .GetProject(id)!;
    }

    private static IEnumerable<string> FrameworkAssemblies()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework);
    }
}
