extern alias generator;

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using generator::Coroutines.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Benchmarks.Building;

/// <summary>
/// A project of many coroutines, in memory: loops, handlers, nested calls, patterns and resources, ten methods a class, a class a file, each with an ordinary
/// method that calls them.
/// </summary>
internal sealed class SampleProject
{
    public const int MethodsPerFile = 10;

    /// <summary>As many as a class has, roughly the length of a file.</summary>
    public static readonly int LinesPerFile = Class(0, added: "").Split('\n').Length;

    private static readonly CSharpParseOptions s_parse = new CSharpParseOptions(LanguageVersion.CSharp13)
        .WithFeatures([new("InterceptorsNamespaces", "Coroutines.Generated")]);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "Coroutines.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly int _classesPerFile;

    /// <summary>Writes a project.</summary>
    /// <param name="methods">How many coroutines it has, one file for every ten.</param>
    /// <param name="repeated">How many such classes stand in one file.</param>
    public SampleProject(int methods, int repeated = 1)
    {
        Methods = methods;
        _classesPerFile = repeated;
        Compilation = CSharpCompilation.Create(
            "Sample",
            Enumerable.Range(0, methods / MethodsPerFile).Select(file => Parse(Text(file, repeated, added: ""), FileName(file))),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
    }

    /// <summary>Of 100,000 lines.</summary>
    public static SampleProject Large() => new(100_000 / LinesPerFile * MethodsPerFile);

    public int Methods { get; }

    /// <summary>What the build tells the generator and the analyzers.</summary>
    public static AnalyzerConfigOptionsProvider BuildOptions { get; } = new Options();

    public CSharpCompilation Compilation { get; }

    /// <summary>A generator that has run on nothing yet.</summary>
    /// <param name="whileTyping">As an editor runs it: without what only the build needs.</param>
    public static GeneratorDriver NewDriver(bool whileTyping = false) => CSharpGeneratorDriver.Create(
        [new CoroutineGenerator().AsSourceGenerator()],
        parseOptions: s_parse,
        optionsProvider: BuildOptions,
        driverOptions: new GeneratorDriverOptions(whileTyping ? IncrementalGeneratorOutputKind.Implementation : IncrementalGeneratorOutputKind.None));

    /// <summary>The project after an edit of the first file.</summary>
    /// <param name="number">Each is another one.</param>
    public CSharpCompilation Edited(int number, SampleEdit edit)
    {
        SyntaxTree tree = Compilation.SyntaxTrees[0];
        string name = number.ToString(CultureInfo.InvariantCulture);
        string text = Text(0, _classesPerFile, added: edit == SampleEdit.Body ? $"sum += {name};" : "");
        text = edit switch
        {
            SampleEdit.Declaration => text.Replace("private int _count;", $"private int _count; public int Added{name}(int n) => n;", StringComparison.Ordinal),
            SampleEdit.Using => $"using Added{name} = System.String; {text}",
            _ => text,
        };
        return Compilation.ReplaceSyntaxTree(tree, Parse(text, tree.FilePath));
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), s_parse, path);

    private static string FileName(int file) => $"/sample/Class{file.ToString(CultureInfo.InvariantCulture)}.cs";

    private static string Text(int file, int classes, string added) => $"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Coroutines;

        namespace Sample;

        {string.Concat(Enumerable.Range(0, classes).Select(number => Class((file * classes) + number, number == 0 ? added : "")))}
        """;

    private static string Class(int file, string added) => $$"""
        public sealed partial class Class{{file}}(List<string> log) : IDisposable
        {
            private int _count;

            public void Start(EventLoop loop)
            {
                loop.Spawn(Sum(3));
                loop.Spawn(Guard("name"));
                Console.WriteLine(string.Join(", ", log.Select(line => line.Trim())));
            }

            public void Dispose() => log.Add("disposed");

            [Coroutine]
            public async Coroutine<int> Leaf(int n)
            {
                await Coroutine.Yield();
                return n + _count;
            }

            [Coroutine]
            public async Coroutine<int> Sum(int n)
            {
                int sum = 0;
                {{added}}
                for (int i = 0; i < n; i++)
                    sum += await Leaf(i) * 2;
                return sum;
            }

            [Coroutine]
            public async Coroutine Guard(string name)
            {
                try
                {
                    await Coroutine.Delay(TimeSpan.FromSeconds(1));
                    log.Add(name);
                }
                catch (InvalidOperationException e) when (e.Message.Length > 0)
                {
                    log.Add(e.Message);
                }
                finally
                {
                    _count--;
                }
            }

            [Coroutine]
            public async Coroutine<string> Choose(object value)
            {
                if (value is string text && await IsLong(text))
                    return text + await Name(text.Length);
                switch (value)
                {
                    case int n when n > 3:
                        return await Name(n);
                    default:
                        await Guard("default");
                        return "";
                }
            }

            [Coroutine]
            private async Coroutine<bool> IsLong(string text)
            {
                await Coroutine.Yield();
                return text.Length > 10;
            }

            [Coroutine]
            private async Coroutine<string> Name(int n) => $"{n}: {await Leaf(n)}";

            [Coroutine]
            public async Coroutine Each(List<int> items)
            {
                foreach (int item in items)
                {
                    if (item < 0)
                        continue;
                    log.Add(await Name(item));
                }
            }

            [Coroutine]
            public async Coroutine Resource()
            {
                using var other = new Class{{file}}(log);
                await other.Guard("other");
                int[] numbers = [await Leaf(1), await Sum(2), _count];
                log.Add(string.Join(",", numbers.OrderBy(n => n)));
            }

            [Coroutine]
            public static async Coroutine<T> Generic<T>(T value, int times) where T : notnull
            {
                while (times-- > 0)
                    await Coroutine.Yield();
                return value;
            }

            [Coroutine]
            public async Coroutine Spawning(EventLoop loop)
            {
                var task = loop.Spawn(Generic("value", 2));
                var pending = Sum(await Leaf(2));
                log.Add(await task + await pending);
            }
        }
        """;

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Properties : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.CoroutinesInterceptorsNamespaces" ? "Coroutines.Generated" : null;
            return value is not null;
        }
    }
}
