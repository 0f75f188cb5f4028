using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Coroutines.Analyzers.Tests.Scan;

/// <summary>Real assemblies, compiled for a test into a folder of their own.</summary>
internal sealed class VendorAssembly : IDisposable
{
    public const string Client = """
        namespace Vendor;

        public class Client
        {
            public Client() { }
            public Client(string host) => System.Net.Dns.GetHostEntry(host);
            public void Send(string text) => Core(text);
            private void Core(string text) => Wire<string>.Write(text);
            public int Length => System.IO.File.ReadAllBytes("a").Length;
            public string this[int n] { get { Send("a"); return ""; } }
            public T Generic<T>(System.Func<T, int[]> f, ref T t, T[] ts) where T : class { Core(""); return t; }
            public static void Poll(System.Threading.WaitHandle handle) => handle.WaitOne(0);
            public static int Ask(Task<int> task) => task.IsCompleted ? task.Result : 0;
            public static int Block(Task<int> task) => task.Result;
            public static void Fast() => System.Console.WriteLine();
            public static void Locks(object gate) { lock (gate) { } }
            public static async Task Later() { await Task.Yield(); System.IO.File.Delete("a"); }
            public static Task Offloaded() => Task.Run(() => Thread.Sleep(1));
            internal static void Hidden() => Thread.Sleep(1);
            public class Nested { public static void A() => B(); private static void B() { A(); Thread.Sleep(1); } }
        }

        internal static class Wire<T> { public static void Write(T value) => Thread.Sleep(1); }
        """;

    public const string Wrapper = "namespace Wrapped; public static class Facade { public static void Save() => new Vendor.Client().Send(\"a\"); public static void Load() { } }";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coroutines-scan");

    public string Folder => _folder.FullName;

    /// <summary>Compiles, and returns where the assembly is.</summary>
    public async Task<string> Compile(string name, string source, params string[] references)
    {
        Compilation compilation = (await TestProject.Create([source], withLibrary: false).GetCompilationAsync())!;
        compilation = compilation.WithAssemblyName(name).AddReferences(references.Select(path => MetadataReference.CreateFromFile(path)));
        string path = Path.Combine(Folder, name + ".dll");
        using (FileStream file = File.Create(path))
            Assert.Empty(compilation.Emit(file).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
