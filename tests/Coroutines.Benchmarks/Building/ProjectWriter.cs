using System.Globalization;

namespace Coroutines.Benchmarks.Building;

/// <summary>Writes the project of 100,000 lines to a folder, for measuring whole builds: with the analyzers of the package, or without (<c>-p:Ours=false</c>).</summary>
internal static class ProjectWriter
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var project = SampleProject.Large();
        foreach (var (index, tree) in project.Compilation.SyntaxTrees.Index())
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"Class{index}.cs")), tree.ToString());
        File.WriteAllText(Path.Combine(folder, "Sample.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <InterceptorsNamespaces>$(InterceptorsNamespaces);Coroutines.Generated</InterceptorsNamespaces>
                <CoroutinesInterceptorsNamespaces>Coroutines.Generated</CoroutinesInterceptorsNamespaces>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
                <CompilerVisibleProperty Include="CoroutinesInterceptorsNamespaces" />
                <Reference Include="{Beside("Coroutines")}" />
                <Analyzer Include="{Beside("Coroutines.Generator")}" />
                <Analyzer Include="{Beside("Coroutines.Analyzers")}" Condition="'$(Ours)' != 'false'" />
              </ItemGroup>
            </Project>
            """);
    }

    private static string Beside(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
