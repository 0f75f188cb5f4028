using System.Diagnostics;

namespace Coroutines.Generator.Tests.Building;

/// <summary>A real build that treats every warning of every analyzer of the SDK as an error: generated files give it no reason to fail.</summary>
public sealed class WarningFreeTests : IDisposable
{
    private const string Library = """
        using Coroutines;

        namespace Library;

        /// <summary>A bit of everything.</summary>
        /// <param name="log">Where it goes.</param>
        public sealed partial class Crawler(ICollection<string> log) : IDisposable
        {
            private int _count;

            /// <summary>Starts.</summary>
            /// <param name="loop">The loop.</param>
            public void Start(EventLoop loop)
            {
                ArgumentNullException.ThrowIfNull(loop);
                _ = loop.Spawn(Sum(3));
                _ = loop.Spawn(Choose("value"));
            }

            /// <inheritdoc />
            public void Dispose() => log.Add("disposed");

            /// <summary>Adds.</summary>
            /// <param name="count">How many.</param>
            /// <returns>The sum.</returns>
            [Coroutine]
            public async Coroutine<int> Sum(int count)
            {
                int sum = _count;
                for (int i = 0; i < count; i++)
                {
                    sum += await Later(i) * 2;
                }

                return sum;
            }

            /// <summary>Chooses.</summary>
            /// <param name="value">Of these.</param>
            /// <returns>A text, or none.</returns>
            [Coroutine]
            public async Coroutine<string?> Choose(object? value)
            {
                try
                {
                    using CancelScope scope = CancelScope.After(TimeSpan.FromSeconds(1));
                    switch (value)
                    {
                        case string text when await Later(text.Length) > 3:
                            return text;
                        case int number:
                            return $"{await Later(number)}";
                        default:
                            break;
                    }
                }
                catch (TimeoutException timeout) when (timeout.Message.Length > 0)
                {
                    log.Add(timeout.Message);
                    await Coroutine.Yield();
                }
                finally
                {
                    await Coroutine.Yield();
                    _count++;
                }

                await foreach (int number in Numbers(2))
                {
                    Func<int> later = () => number + _count;
                    await Coroutine.Yield();
                    log.Add($"{later()}");
                }

                return value is null ? null : await Text(value, 2);
            }

            /// <summary>Counts.</summary>
            /// <param name="count">To there.</param>
            /// <returns>The numbers.</returns>
            [Coroutine]
            public static async IAsyncEnumerable<int> Numbers(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    await Coroutine.Yield();
                    yield return i;
                }
            }

            /// <summary>Blinks.</summary>
            /// <param name="times">So often.</param>
            /// <returns>Steps.</returns>
            [Coroutine]
            public IEnumerator<ILoopAwaitable?> Blink(int times)
            {
                while (times-- > 0)
                {
                    log.Add("blink");
                    yield return Coroutine.Delay(TimeSpan.FromMilliseconds(1));
                }
            }

            [Coroutine]
            private static async Coroutine<string> Text<T>(T value, int times)
                where T : notnull
            {
                while (times-- > 0)
                {
                    await Coroutine.Yield();
                }

                return value.ToString() ?? "";
            }

            [Coroutine]
            private static async Coroutine<int> Later(int value)
            {
                await Coroutine.Yield();
                return value;
            }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("coroutines-library").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_library_of_coroutines_builds_without_a_warning_when_all_rules_are_on()
    {
        // Nothing of this repository may reach the library.
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(_folder, name), "<Project />");
        File.WriteAllText(Path.Combine(_folder, "Library.cs"), Library);
        // CA2007 asks for ConfigureAwait where the library itself reads a stream.
        File.WriteAllText(Path.Combine(_folder, "Library.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <AnalysisLevel>latest-all</AnalysisLevel>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>$(NoWarn);CA2007</NoWarn>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
                <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                <InterceptorsNamespaces>Coroutines.Generated;Library</InterceptorsNamespaces>
                <CoroutinesInterceptorsNamespaces>Coroutines.Generated,Library</CoroutinesInterceptorsNamespaces>
              </PropertyGroup>
              <ItemGroup>
                <CompilerVisibleProperty Include="CoroutinesInterceptorsNamespaces" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Coroutines.dll")}" />
                <Analyzer Include="{Path.Combine(AppContext.BaseDirectory, "Coroutines.Generator.dll")}" />
              </ItemGroup>
            </Project>
            """);

        (int exitCode, string output) = Build();

        Assert.True(exitCode == 0, output);
        Assert.Contains(" 0 Warning(s)", output, StringComparison.Ordinal);
        // One file for each coroutine, the interceptors, and the list of frames.
        Assert.Equal(6 + 2, Directory.GetFiles(Path.Combine(_folder, "obj"), "*.g.cs", SearchOption.AllDirectories).Count(file => file.Contains("/Coroutines.Generator/", StringComparison.Ordinal)));
    }

    /// <summary>No build server of it may outlive the test, and none of the one that runs the test may tell it what to do.</summary>
    private (int ExitCode, string Output) Build()
    {
        var start = new ProcessStartInfo("dotnet", ["build"]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_HOST_PATH").ToArray())
            start.Environment.Remove(variable);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
