// What must or must not be there is looked at on the spot.
#pragma warning disable CORO101, CORO105

using System.Text;
using Coroutines.Tests.Streams.Pipes;
using static Coroutines.Tests.Streams.ReadingTests;

namespace Coroutines.Tests.Files;

[Collection(WholeProcess.Alone)]
public sealed partial class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coroutines").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Whole_files_are_written_and_read() => EventLoop.Run(Whole(In("whole")));

    [Fact]
    public void Files_are_copied_moved_and_deleted() => EventLoop.Run(Paths(In("one"), In("two")));

    [Fact]
    public void Directories_are_made_listed_and_deleted() => EventLoop.Run(Directories(In("directory")));

    [Fact]
    public void An_open_file_is_read_and_written_by_position() => EventLoop.Run(Positions(In("positions")));

    [Fact]
    public void A_file_is_a_stream_of_bytes() => EventLoop.Run(Streams(In("stream")));

    [Fact]
    public void What_has_no_end_to_be_appended_to_is_refused_and_closed() => EventLoop.Run(Pipe(In("pipe")));

    [Fact]
    public void A_stream_does_what_its_file_was_opened_for() => EventLoop.Run(WrongWay(In("direction")));

    [Fact]
    public void Lines_that_are_too_long_or_no_text_are_refused() => EventLoop.Run(BadLines(In("lines")));

    [Fact]
    public void What_fails_throws_what_the_system_says() => EventLoop.Run(Failures(In("nothing")));

    [Fact]
    public void A_cancelled_task_begins_nothing()
    {
        EventLoop.Run(Main(In("never")));
        Assert.False(File.Exists(In("never")));

        static async Coroutine Main(string path) => Assert.False(await CancelScope.Run(scope =>
        {
            scope.Cancel();
            return LoopFile.WriteAllText(path, "text");
        }));
    }

    [Fact]
    public void What_has_begun_is_finished_before_the_cancelled_task_goes_on()
    {
        string path = In("finished");
        var trace = new Trace();
        using var gate = new ManualResetEventSlim();
        EventLoop.Run(Main(), new EventLoopOptions { ExecutorThreads = 1 });
        trace.AssertIs("written text", "cancelled");

        async Coroutine Main()
        {
            var blocked = EventLoop.Current.Spawn(EventLoop.Current.RunInExecutor(gate.Wait));
            var writing = EventLoop.Current.Spawn(Write());
            for (int i = 0; i < 5; i++)
                await Coroutine.Yield();
            writing.Cancel();
            for (int i = 0; i < 5; i++)
                await Coroutine.Yield();
            Assert.False(writing.IsCompleted);
            gate.Set();
            await blocked;
            while (!writing.IsCompleted)
                await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
            Assert.Equal(CoroutineStatus.Cancelled, writing.Status);
        }

        async Coroutine Write()
        {
            await LoopFile.WriteAllText(path, "text");
            trace.Add($"written {await File.ReadAllTextAsync(path)}");
            try
            {
                await Coroutine.Yield();
                trace.Add("not reached");
            }
            finally
            {
                trace.Add("cancelled");
            }
        }
    }

    [Fact]
    public void Cancelled_in_any_turn_nothing_stays_open()
    {
        string path = In("open");
        File.WriteAllBytes(path, new byte[300_000]);
        EventLoop.Run(CancelledAfter(5, path));
        int before = OpenDescriptors.Count();
        for (int turns = 0; turns < 30; turns++)
            EventLoop.Run(CancelledAfter(turns, path));
        Assert.Equal(before, OpenDescriptors.Count());
    }

    [Fact]
    public void Virtual_time_stands_still_meanwhile()
    {
        string path = In("virtual");
        var trace = new Trace();
        VirtualLoop.Run(Main());
        trace.AssertIs("text", "hour");

        async Coroutine Main() => await Coroutine.WhenAll(Hour(), Read());

        async Coroutine Hour()
        {
            await Coroutine.Delay(TimeSpan.FromHours(1));
            trace.Add("hour");
        }

        async Coroutine Read()
        {
            await LoopFile.WriteAllText(path, "text");
            trace.Add(await LoopFile.ReadAllText(path));
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    [Coroutine]
    private static async Coroutine Whole(string path)
    {
        Assert.False(await LoopFile.Exists(path));
        await LoopFile.WriteAllBytes(path, new byte[] { 1, 2, 3 });
        await LoopFile.AppendAllBytes(path, new byte[] { 4 });
        Assert.Equal([1, 2, 3, 4], await LoopFile.ReadAllBytes(path));
        await LoopFile.WriteAllText(path, "ä\n");
        await LoopFile.AppendAllText(path, "€");
        Assert.Equal("ä\n€", await LoopFile.ReadAllText(path));
        Assert.Equal("ä\n€"u8.ToArray(), await LoopFile.ReadAllBytes(path));
        await LoopFile.WriteAllLines(path, ["one", "two"]);
        await LoopFile.AppendAllLines(path, ["drei"]);
        Assert.Equal(["one", "two", "drei"], await LoopFile.ReadAllLines(path));
        await LoopFile.WriteAllText(path, "ä", Encoding.Latin1);
        Assert.Equal([0xE4], await LoopFile.ReadAllBytes(path));
        Assert.Equal("ä", await LoopFile.ReadAllText(path, Encoding.Latin1));
    }

    [Coroutine]
    private static async Coroutine Pipe(string path)
    {
        await LoopProcess.Run("mkfifo", [path]);
        await using var reader = await PipeStream.OpenNamed(path, FileAccess.Read);
        await using (var writer = await PipeStream.OpenNamed(path, FileAccess.Write))
        {
            await writer.Write("one\n"u8.ToArray());
            Assert.Equal("one", await reader.ReadLine());
            await Refused<NotSupportedException>(Append(path));
        }

        // Whoever else has it open for writing keeps it from its end.
        Assert.Null(await reader.ReadLine());

        static async Coroutine Append(string path) => await LoopFile.OpenStream(path, FileMode.Append, FileAccess.Write);
    }

    [Coroutine]
    private static async Coroutine Paths(string one, string two)
    {
        await LoopFile.WriteAllText(one, "1");
        await LoopFile.Copy(one, two);
        await Refused<IOException>(LoopFile.Copy(one, two));
        await LoopFile.WriteAllText(one, "11");
        await LoopFile.Copy(one, two, overwrite: true);
        Assert.Equal("11", await LoopFile.ReadAllText(two));
        await LoopFile.Move(one, two, overwrite: true);
        Assert.Equal((false, true), (await LoopFile.Exists(one), await LoopFile.Exists(two)));
        await LoopFile.Delete(two);
        await LoopFile.Delete(two);
        Assert.False(await LoopFile.Exists(two));
        string temporary = await LoopFile.CreateTemporary();
        Assert.Equal("", await LoopFile.ReadAllText(temporary));
        await LoopFile.Delete(temporary);
    }

    [Coroutine]
    private static async Coroutine Directories(string path)
    {
        await LoopDirectory.Create(Path.Combine(path, "below"));
        Assert.True(await LoopDirectory.Exists(path));
        var expected = new List<string> { Path.Combine(path, "below") };
        for (int i = 0; i < 600; i++)
        {
            expected.Add(Path.Combine(path, $"{i:000}.txt"));
            await LoopFile.WriteAllBytes(expected[^1], default);
        }

        Assert.Equal(expected.Order(), (await Listed(path, "*")).Order());
        Assert.Equal(expected.Where(name => name.EndsWith("7.txt", StringComparison.Ordinal)).Order(), (await Listed(path, "*7.txt")).Order());
        await foreach (string name in LoopDirectory.Enumerate(path))
        {
            Assert.Contains(name, expected);
            break;
        }

        await Refused<IOException>(LoopDirectory.Delete(path));
        await LoopDirectory.Move(path, path + "2");
        Assert.False(await LoopDirectory.Exists(path));
        await LoopDirectory.Delete(path + "2", recursive: true);
        Assert.False(await LoopDirectory.Exists(path + "2"));
        string temporary = await LoopDirectory.CreateTemporary("prefix");
        Assert.StartsWith("prefix", Path.GetFileName(temporary), StringComparison.Ordinal);
        await LoopDirectory.Delete(temporary);
    }

    [Coroutine]
    private static async Coroutine<List<string>> Listed(string path, string pattern)
    {
        var names = new List<string>();
        await foreach (string name in LoopDirectory.Enumerate(path, pattern))
            names.Add(name);
        return names;
    }

    [Coroutine]
    private static async Coroutine Positions(string path)
    {
        await using var file = await LoopFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite);
        await file.WriteAt("0123456789"u8.ToArray(), 0);
        await Coroutine.WhenAll(file.WriteAt("ab"u8.ToArray(), 2), file.WriteAt("yz"u8.ToArray(), 12));
        Assert.Equal(14, await file.GetLength());
        byte[] all = new byte[20];
        Assert.Equal(14, await file.ReadAt(all, 0));
        Assert.Equal("01ab456789\0\0yz"u8.ToArray(), all[..14]);
        Assert.Equal(2, await file.ReadAt(all.AsMemory(0, 2), 8));
        Assert.Equal("89"u8.ToArray(), all[..2]);
        await file.SetLength(3);
        await file.FlushToDisk();
        Assert.Equal(0, await file.ReadAt(all, 3));
        Assert.Equal("01a", await LoopFile.ReadAllText(path));
    }

    [Coroutine]
    private static async Coroutine Streams(string path)
    {
        var text = new StringBuilder();
        await using (var stream = await LoopFile.OpenStream(path, FileMode.Create, FileAccess.Write))
        {
            for (int i = 0; i < 20_000; i++)
            {
                text.Append("line ").Append(i).Append('\n');
                await stream.Write(Encoding.UTF8.GetBytes($"line {i}\n"));
            }
        }

        await using (var stream = await LoopFile.OpenStream(path, FileMode.Append, FileAccess.Write))
            await stream.Write("end"u8.ToArray());
        text.Append("end");
        Assert.Equal(text.ToString(), await LoopFile.ReadAllText(path));
        int count = 0;
        await foreach (string line in LoopFile.ReadLines(path))
            Assert.Equal(count < 20_000 ? $"line {count++}" : "end", line);
        Assert.Equal(20_000, count);
        await using var reader = await LoopFile.OpenStream(path);
        byte[] start = new byte[6];
        await reader.ReadExactly(start);
        Assert.Equal("line 0"u8.ToArray(), start);
        byte[] large = new byte[100_000];
        Assert.InRange(await reader.Read(large), 1, large.Length);
    }

    [Coroutine]
    private static async Coroutine WrongWay(string path)
    {
        await using (var writer = await LoopFile.OpenStream(path, FileMode.Create, FileAccess.Write))
        {
            await Refused<NotSupportedException>(Filled(writer));
            await writer.Write("text"u8.ToArray());
            await writer.CompleteWrites();
            await Refused<InvalidOperationException>(writer.Write(new byte[1]));
        }

        await using var reader = await LoopFile.OpenStream(path);
        await Refused<NotSupportedException>(reader.Write(new byte[1]));
        Assert.Equal("text", await reader.ReadLine());
        reader.Abort();
        await Refused<ObjectDisposedException>(Filled(reader));

        static async Coroutine Filled(ByteStream stream) => await stream.Fill();
    }

    [Coroutine]
    private static async Coroutine BadLines(string path)
    {
        await LoopFile.WriteAllBytes(path, new byte[] { 0x61, 0x0A, 0x66, 0xC3, 0x0A });
        await Refused<InvalidDataException>(All(path, 100));
        await LoopFile.WriteAllText(path, "0123456789\n");
        await All(path, 11);
        await Refused<InvalidDataException>(All(path, 10));

        static async Coroutine All(string path, int limit)
        {
            await foreach (string line in LoopFile.ReadLines(path, limit))
                Assert.NotEmpty(line);
        }
    }

    [Coroutine]
    private static async Coroutine Failures(string path)
    {
        await Refused<FileNotFoundException>(Read(path));
        await Refused<FileNotFoundException>(Open(path));
        await Refused<DirectoryNotFoundException>(LoopFile.WriteAllText(Path.Combine(path, "file"), ""));
        await Refused<DirectoryNotFoundException>(Enumerated(path));

        static async Coroutine Read(string path) => await LoopFile.ReadAllBytes(path);

        static async Coroutine Open(string path) => await LoopFile.Open(path);

        static async Coroutine Enumerated(string path) => await Listed(path, "*");
    }

    [Coroutine]
    private static async Coroutine CancelledAfter(int turns, string path)
    {
        var reading = EventLoop.Current.Spawn(ReadAll(path));
        for (int i = 0; i < turns && !reading.IsCompleted; i++)
            await Coroutine.Delay(TimeSpan.FromMicroseconds(100));
        reading.Cancel();
        while (!reading.IsCompleted)
            await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
    }

    [Coroutine]
    private static async Coroutine ReadAll(string path)
    {
        await using var stream = await LoopFile.OpenStream(path);
        while (await stream.Fill())
            stream.Consume(stream.Buffered.Length);
    }
}
