using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Coroutines.Analyzers.Tests.Scan;

/// <summary>What the build finds in referenced assemblies, up to the finding in a coroutine.</summary>
public sealed class ReferenceScanTests : IDisposable
{
    private static readonly Assembly s_tool = Assembly.Load("Coroutines.BlockingScan");

    private readonly VendorAssembly _vendor = new();

    public void Dispose() => _vendor.Dispose();

    [Fact]
    public async Task Visible_members_whose_code_leads_to_a_blocking_member_are_listed_with_the_way()
    {
        string client = await _vendor.Compile("Client", VendorAssembly.Client);
        Assert.Equal(
            [
                "? M:Vendor.Client.#ctor(System.String) | a scan of its code says so: new Client → Dns.GetHostEntry",
                "? M:Vendor.Client.Block(System.Threading.Tasks.Task{System.Int32}) | a scan of its code says so: Client.Block → Task.Result",
                "? M:Vendor.Client.Generic``1(System.Func{``0,System.Int32[]},``0@,``0[]) | a scan of its code says so: Client.Generic → Client.Core → Wire.Write → Thread.Sleep",
                "? M:Vendor.Client.Nested.A | a scan of its code says so: Nested.A → Nested.B → Thread.Sleep",
                "? M:Vendor.Client.Send(System.String) | a scan of its code says so: Client.Send → Client.Core → Wire.Write → Thread.Sleep",
                "? P:Vendor.Client.Item(System.Int32) | a scan of its code says so: Client.Item → Client.Send → Client.Core → Wire.Write → Thread.Sleep",
                "? P:Vendor.Client.Length | a scan of its code says so: Client.Length → File.ReadAllBytes",
            ],
            Scan(client));
    }

    [Fact]
    public async Task Each_ID_is_that_of_a_member()
    {
        string client = await _vendor.Compile("Client", VendorAssembly.Client);
        Compilation compilation = (await TestProject.Create([]).GetCompilationAsync())!.AddReferences(MetadataReference.CreateFromFile(client));
        Assert.All(Scan(client), line => Assert.NotNull(DocumentationCommentId.GetFirstSymbolForDeclarationId(line.Split(' ')[1], compilation)));
    }

    [Fact]
    public async Task What_blocks_in_one_assembly_blocks_its_callers_in_another()
    {
        string client = await _vendor.Compile("Client", VendorAssembly.Client);
        string wrapper = await _vendor.Compile("Wrapper", VendorAssembly.Wrapper, client);
        Assert.Equal(["? M:Wrapped.Facade.Save | a scan of its code says so: Facade.Save → Client.Send"], Scan(wrapper, client).Where(line => line.Contains("Facade", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_assembly_is_scanned_again_only_when_it_changes()
    {
        string client = await _vendor.Compile("Client", VendorAssembly.Client);
        string[] first = Scan(client);
        string kept = Assert.Single(Directory.GetFiles(Path.Combine(_vendor.Folder, "cache")));
        File.WriteAllText(kept, "? M:Kept.Type.Member | from the cache\n");
        Assert.Equal(["? M:Kept.Type.Member | from the cache"], Scan(client));
        await _vendor.Compile("Client", VendorAssembly.Client + "class Another { }");
        Assert.Equal(first, Scan(client));
    }

    [Fact]
    public void What_is_no_assembly_is_passed_over() => Assert.Empty(Scan(Path.Combine(_vendor.Folder, "missing.dll"), WriteText("native.dll", "no assembly")));

    [Fact]
    public async Task Coroutines_are_informed_and_the_lines_mean_something()
    {
        string client = await _vendor.Compile("Client", VendorAssembly.Client);
        TestFile scanned = TestFile.Blocking(Scan(client));
        Compilation compilation = (await TestProject.Create(["""
            using Coroutines;

            partial class Scene
            {
                static void Helper(Vendor.Client client) => client.Send("");

                [Coroutine]
                static async Coroutine Run(Vendor.Client client)
                {
                    client.Send("");
                    int n = client.Length;
                    Vendor.Client.Fast();
                    Helper(client);
                    await Coroutine.Yield();
                }
            }
            """]).GetCompilationAsync())!.AddReferences(MetadataReference.CreateFromFile(client));

        var direct = await Analysis.Run(compilation, new BlockingCallAnalyzer(), null, scanned);
        Assert.Equal(["Client.Send", "Client.Length"], direct.Select(found => found.GetMessage().Split('\'')[1]));
        Assert.All(direct, found => Assert.Equal(("CORO101", DiagnosticSeverity.Info), (found.Id, found.Severity)));
        var through = Assert.Single(await Analysis.Run(compilation, new TransitiveBlockingAnalyzer(), null, scanned));
        Assert.Equal(("CORO105", DiagnosticSeverity.Info), (through.Id, through.Severity));
        Assert.Empty(await Analysis.Run(compilation, new BlockingAnnotationAnalyzer(), null, scanned));
    }

    /// <summary>The targets of the package, in a project that has nothing but what they need.</summary>
    [Fact]
    public async Task The_build_hands_the_scan_to_the_compiler()
    {
        string client = await _vendor.Compile("Client", VendorAssembly.Client);
        string project = WriteText("Test.proj", $"""
            <Project>
              <PropertyGroup>
                <IntermediateOutputPath>obj/</IntermediateOutputPath>
                <CoroutinesBlockingScan>{s_tool.Location}</CoroutinesBlockingScan>
              </PropertyGroup>
              <ItemGroup>
                <ReferencePath Include="{client}" />
                <ReferencePath Include="{typeof(object).Assembly.Location}" FrameworkReferenceName="Microsoft.NETCore.App" />
              </ItemGroup>
              <Target Name="ResolveAssemblyReferences" />
              <Target Name="CoreCompile">
                <Copy SourceFiles="@(AdditionalFiles)" DestinationFolder="handed" />
              </Target>
              <Import Project="{Path.Combine(Root(), "src/Coroutines/buildTransitive/Coroutines.targets")}" />
            </Project>
            """);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-t:CoreCompile", "-nologo", "-v:q", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _vendor.Folder,
        })!;
        string output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.Equal("", output.Trim());
        Assert.Equal(Scan(client), Lines(Path.Combine(_vendor.Folder, "handed/Coroutines.references.blocking.txt")));
    }

    private string[] Scan(params string[] assemblies)
    {
        string list = WriteText("list.txt", string.Join('\n', assemblies)), output = Path.Combine(_vendor.Folder, "out.blocking.txt");
        Assert.Equal(0, s_tool.EntryPoint!.Invoke(null, [new[] { list, output, Path.Combine(_vendor.Folder, "cache") }]));
        return Lines(output);
    }

    private static string[] Lines(string file) => [.. File.ReadLines(file).Where(line => !line.StartsWith('#'))];

    private string WriteText(string name, string text)
    {
        string path = Path.Combine(_vendor.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
