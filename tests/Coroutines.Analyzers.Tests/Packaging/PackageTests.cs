using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Xunit;

namespace Coroutines.Analyzers.Tests.Packaging;

/// <summary>The package as a user gets it: packed, restored from a folder, without any network, and used by a program that knows nothing else.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coroutines-package").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_program_that_references_the_package_is_analyzed_generated_and_run()
    {
        string feed = Path.Combine(_folder, "feed");
        Dotnet(Root(), 0, "pack", "src/Coroutines", "--no-restore", "--no-build", "-c", Configuration, "-o", feed);
        string package = Assert.Single(Directory.GetFiles(feed, "Coroutines.*.nupkg"));
        using (ZipArchive archive = ZipFile.OpenRead(package))
        {
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet();
            Assert.Superset(
                new HashSet<string>
                {
                    "lib/net10.0/Coroutines.dll", "lib/net10.0/Coroutines.xml",
                    "analyzers/dotnet/cs/Coroutines.Generator.dll", "analyzers/dotnet/cs/Coroutines.Analyzers.dll", "analyzers/dotnet/cs/Coroutines.CodeFixes.dll",
                    "tools/net10.0/Coroutines.BlockingScan.dll", "tools/net10.0/Coroutines.BlockingScan.runtimeconfig.json",
                    "buildTransitive/Coroutines.targets", "buildTransitive/Coroutines.BlockingScan.targets", "buildTransitive/Coroutines.Report.targets",
                },
                names);
        }

        string program = Directory.CreateDirectory(Path.Combine(_folder, "program")).FullName;
        // Nothing of this repository may reach the program.
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(program, "Program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
                <CoroutinesRequireGenerated>true</CoroutinesRequireGenerated>
                <RestoreSources>{feed}</RestoreSources>
                <RestorePackagesPath>{Path.Combine(_folder, "packages")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Coroutines" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(program, "Program.cs"), """
            using Coroutines;

            EventLoop.Run(Program.Greet());

            static partial class Program
            {
                [Coroutine]
                public static async Coroutine Greet()
                {
                    await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
                    Console.WriteLine($"hello from {await Name()}");
            #if BLOCKING
                    Thread.Sleep(1);
            #endif
                }

                [Coroutine]
                static async Coroutine<string> Name()
                {
                    await Coroutine.Yield();
                    return typeof(Program).GetNestedTypes(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public).Any(type => type.IsValueType && type.Name.Contains("Name")) ? "a generated frame" : "the compiler";
                }
            }
            """);

        Dotnet(program, 0, "build", "-o", Path.Combine(_folder, "out"));
        Assert.Equal("hello from a generated frame\n", Dotnet(program, 0, Path.Combine(_folder, "out", "Program.dll")));
        Assert.Single(Directory.GetFiles(program, "Coroutines.references.blocking.txt", SearchOption.AllDirectories));
        Assert.Contains("error CORO101", Dotnet(program, 1, "build", "--no-restore", "-p:DefineConstants=BLOCKING", "-o", Path.Combine(_folder, "blocking")), StringComparison.Ordinal);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>What a command prints. No build server of it may outlive the test.</summary>
    private static string Dotnet(string folder, int exitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_HOST_PATH").ToArray())
            start.Environment.Remove(variable);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == exitCode, $"dotnet {string.Join(' ', arguments)} gave {process.ExitCode}\n{output}");
        return output;
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
