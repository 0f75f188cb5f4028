using Microsoft.CodeAnalysis;
using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingCallAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

/// <summary>How members of the table are recognized, and when their use is exempt.</summary>
public sealed class BlockingTableCallTests
{
    [Theory]
    [InlineData("string s = System.IO.File.[|ReadAllText|](\"a\");")]
    [InlineData("using var stream = new [|System.IO.FileStream|](\"a\", System.IO.FileMode.Open);")]
    [InlineData("System.IO.FileStream stream = [|new|](\"a\", System.IO.FileMode.Open);")]
    [InlineData("int n = new System.Collections.Concurrent.ConcurrentDictionary<int, int>().[|Count|];")]
    [InlineData("using var gate = new Mutex(); gate.[|WaitOne|]();")]
    [InlineData("Monitor.[|Enter|](task);")]
    [InlineData("new Thread(() => { }).[|Join|]();")]
    [InlineData("using (new Lock().[|EnterScope|]()) { }")]
    [InlineData("string? s = Console.[|ReadLine|]();")]
    [InlineData("Console.[|WriteLine|]();")]
    [InlineData("Thread.[|Yield|]();")]
    public Task Calls_constructors_and_properties_are_found(string statement) => Rule.Finds(InCoroutine(statement));

    [Fact]
    public Task Overrides_and_implementations_are_found_with_what_they_override_or_implement() => Rule.Finds("""
        using System.Data;
        using System.IO;
        using Coroutines;

        abstract class Wire : Stream { public override int Read(byte[] buffer, int offset, int count) => 0; }
        abstract class Copper : Wire { public sealed override int Read(byte[] buffer, int offset, int count) => 1; }
        abstract class Command : IDbCommand
        {
            public int ExecuteNonQuery() => 0;
            public abstract void Cancel(); public abstract IDbDataParameter CreateParameter(); public abstract void Dispose();
            public abstract IDataReader ExecuteReader(); public abstract IDataReader ExecuteReader(CommandBehavior behavior);
            public abstract object? ExecuteScalar(); public abstract void Prepare();
            public abstract string CommandText { get; set; }
            public abstract int CommandTimeout { get; set; }
            public abstract CommandType CommandType { get; set; }
            public abstract IDbConnection? Connection { get; set; }
            public abstract IDataParameterCollection Parameters { get; }
            public abstract IDbTransaction? Transaction { get; set; }
            public abstract UpdateRowSource UpdatedRowSource { get; set; }
        }

        partial class Scene
        {
            [Coroutine]
            static async Coroutine Run(Copper copper, Command command, byte[] bytes)
            {
                copper.[|Read|](bytes, 0, 1);
                command.[|ExecuteNonQuery|]();
                await Coroutine.Yield();
            }
        }
        """);

    [Theory]
    [InlineData("new System.IO.MemoryStream().WriteByte(1);")]
    [InlineData("System.IO.Stream memory = new System.IO.MemoryStream(); memory.Flush(); memory.CopyTo(memory);")]
    [InlineData("string s = new System.IO.StringReader(\"a\").ReadToEnd();")]
    [InlineData("string? s = new System.IO.StreamReader(new System.IO.MemoryStream()).ReadLine();")]
    [InlineData("var memory = new System.IO.MemoryStream(); var reader = new System.IO.BinaryReader(memory); int n = reader.ReadInt32();")]
    [InlineData("var writer = new System.IO.StringWriter(); writer.WriteLine(1);")]
    [InlineData("System.IO.Stream.Null.WriteByte(1);")]
    [InlineData("var x = System.Xml.Linq.XDocument.Load(System.Xml.XmlReader.Create(new System.IO.StringReader(\"<a/>\")));")]
    public Task Memory_does_not_block(string statement) => Rule.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("System.IO.Stream s = new System.IO.MemoryStream(); s = System.IO.File.[|OpenRead|](\"a\"); s.[|ReadByte|]();")]
    [InlineData("string? s = new System.IO.StreamReader(System.IO.File.[|OpenRead|](\"a\")).[|ReadLine|]();")]
    public Task What_only_began_as_memory_does(string statement) => Rule.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("using var gate = new Mutex(); gate.WaitOne(0); gate.WaitOne(TimeSpan.Zero);")]
    [InlineData("bool taken = Monitor.TryEnter(task); taken = Monitor.TryEnter(task, 0);")]
    [InlineData("var s = new System.Net.Sockets.Socket(default, default); s.Poll(0, default);")]
    [InlineData("var s = new System.Net.Sockets.Socket(default, default) { Blocking = false }; s.Receive(new byte[1]);")]
    [InlineData("var s = new System.Net.Sockets.Socket(default, default); s.Blocking = false; s.Receive(new byte[1]);")]
    [InlineData("string name = nameof(System.IO.File.ReadAllText);")]
    [InlineData("await EventLoop.Current.RunInExecutor(() => System.IO.File.ReadAllText(\"a\"));")]
    [InlineData("var n = new[] { 1 }.AsQueryable().Where(x => x > 0).Count();")]
    [InlineData("var q = new[] { 1 }.AsQueryable(); int n = q.Count();")]
    public Task Calls_that_do_not_wait_are_exempt(string statement) => Rule.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("var s = new System.Net.Sockets.Socket(default, default); s.[|Poll|](10, default);")]
    [InlineData("var s = new System.Net.Sockets.Socket(default, default) { Blocking = true }; s.[|Receive|](new byte[1]);")]
    [InlineData("var a = new System.Net.Sockets.Socket(default, default) { Blocking = false }; var b = new System.Net.Sockets.Socket(default, default); b.[|Receive|](new byte[1]);")]
    public Task The_exemption_of_one_call_is_not_another_s(string statement) => Rule.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("Thread.[|Sleep|](1);", DiagnosticSeverity.Error)]
    [InlineData("System.IO.File.[|Delete|](\"a\");", DiagnosticSeverity.Warning)]
    [InlineData("Monitor.[|Enter|](task);", DiagnosticSeverity.Warning)]
    [InlineData("Console.[|WriteLine|]();", DiagnosticSeverity.Info)]
    public async Task The_severity_says_how_bad_it_is(string statement, DiagnosticSeverity severity) =>
        Assert.Equal(severity, Assert.Single(await Rule.Finds(InCoroutine(statement))).Severity);

    [Fact]
    public async Task The_message_names_a_constructor_by_new() => Assert.Equal(
        "'new FileStream' in coroutine 'Run' stops every coroutine on the loop until it returns; await its asynchronous overload, or use 'await loop.RunInExecutor(…)'",
        await Rule.Message(InCoroutine("using var stream = new [|System.IO.FileStream|](\"a\", System.IO.FileMode.Open);")));
}
