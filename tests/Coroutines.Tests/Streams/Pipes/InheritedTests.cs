// The other side, which has all it needs, is driven by calls that block.
#pragma warning disable CORO101, CORO105

using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Coroutines.Tests.Streams.ReadingTests;

namespace Coroutines.Tests.Streams.Pipes;

/// <summary>Descriptors that other processes share, named pipes, terminals.</summary>
[Collection(WholeProcess.Alone)]
public sealed partial class InheritedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coroutines").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_inherited_pipe_stays_blocking_for_those_who_share_it()
    {
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            using var ends = new BlockingPipe();
            await using (var reader = StandardStreams.OpenInherited(ends.Reader, FileAccess.Read, null)!)
            await using (var writer = StandardStreams.OpenInherited(ends.Writer, FileAccess.Write, null)!)
            {
                Assert.IsType<DescriptorPipe>(reader);
                Assert.False((await Coroutine.MoveOnAfter(reader.Fill(), TimeSpan.FromMilliseconds(1))).Finished);
                await writer.Write("over\n"u8.ToArray());
                Assert.Equal("over", await reader.ReadLine());
            }

            Assert.False(OpenDescriptors.IsNonBlocking(ends.Reader));
            Assert.False(OpenDescriptors.IsNonBlocking(ends.Writer));
        }
    }

    [Fact]
    public void An_inherited_socket_stays_blocking_too()
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "socket")));
            listener.Listen();
            using var near = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            near.Connect(listener.LocalEndPoint!);
            using var far = listener.Accept();
            int number = (int)near.Handle;
            await using (var reader = StandardStreams.OpenInherited(number, FileAccess.Read, null)!)
            await using (var writer = StandardStreams.OpenInherited(number, FileAccess.Write, null)!)
            {
                Assert.False((await Coroutine.MoveOnAfter(reader.Fill(), TimeSpan.FromMilliseconds(1))).Finished);
                far.Send("question\n"u8);
                Assert.Equal("question", await reader.ReadLine());
                await writer.Write("answer\n"u8.ToArray());
                await writer.CompleteWrites();
                byte[] answer = new byte[100];
                Assert.Equal(7, far.Receive(answer));
                Assert.Equal(0, far.Receive(answer));
            }

            Assert.False(OpenDescriptors.IsNonBlocking(number));
        }
    }

    [Fact]
    public void What_cannot_be_waited_for_is_left_to_other_threads()
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            string path = Path.Combine(_folder, "file");
            await File.WriteAllTextAsync(path, "text");
            using var file = File.OpenHandle(path);
            using var device = File.OpenHandle("/dev/null");
            Assert.Null(StandardStreams.OpenInherited((int)file.DangerousGetHandle(), FileAccess.Read, null));
            Assert.Null(StandardStreams.OpenInherited((int)device.DangerousGetHandle(), FileAccess.Read, null));
            Assert.Throws<ArgumentException>(() => PipeStream.Open(file, FileAccess.Read));
        }
    }

    [Fact]
    public void The_standard_streams_open_and_leave_those_of_the_process_alone()
    {
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            int before = OpenDescriptors.Count();
            await using (StandardStreams.OpenError())
            await using (StandardStreams.OpenOutput())
            await using (StandardStreams.OpenInput())
            {
            }

            // The epoll descriptor and its eventfd are the loop's.
            Assert.InRange(OpenDescriptors.Count(), before, before + 2);
            Assert.NotNull(new FileInfo("/proc/self/fd/1").LinkTarget);
        }
    }

    [Fact]
    public void Both_ends_of_a_named_pipe_wait_for_each_other()
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            string path = NewNamedPipe();
            var opening = EventLoop.Current.Spawn(PipeStream.OpenNamed(path, FileAccess.Write));
            await Coroutine.Yield();
            Assert.False(opening.IsCompleted);
            await using var reader = await PipeStream.OpenNamed(path, FileAccess.Read);
            // Nobody has written, so this is not the end.
            Assert.False((await Coroutine.MoveOnAfter(reader.Fill(), TimeSpan.FromMilliseconds(1))).Finished);
            await using (var writer = await opening)
            {
                Assert.False((await Coroutine.MoveOnAfter(reader.Fill(), TimeSpan.FromMilliseconds(1))).Finished);
                await writer.Write("named\n"u8.ToArray());
                Assert.Equal("named", await reader.ReadLine());
            }

            Assert.Null(await reader.ReadLine());
        }
    }

    [Fact]
    public void A_writer_who_says_nothing_ends_a_named_pipe_too()
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            string path = NewNamedPipe();
            await using var reader = await PipeStream.OpenNamed(path, FileAccess.Read);
            var line = EventLoop.Current.Spawn(reader.ReadLine());
            await Coroutine.Yield();
            Assert.False(line.IsCompleted);
            await using (await PipeStream.OpenNamed(path, FileAccess.Write))
                await Coroutine.Yield();
            Assert.Null(await line);
        }
    }

    [Fact]
    public void Opening_a_named_pipe_can_be_given_up()
    {
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            string path = NewNamedPipe();
            Assert.False((await Coroutine.MoveOnAfter(PipeStream.OpenNamed(path, FileAccess.Write), TimeSpan.FromMilliseconds(1))).Finished);
            string file = Path.Combine(_folder, "no pipe");
            await File.WriteAllTextAsync(file, "");
            await Refused<ArgumentException>(Open(file));
            await Refused<IOException>(Open(Path.Combine(_folder, "nothing")));
        }

        static async Coroutine Open(string path) => await PipeStream.OpenNamed(path, FileAccess.Read);
    }

    [Fact]
    public void A_terminal_is_read_line_by_line()
    {
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            using var keyboard = new FileStream(OpenTerminal(out string path), FileAccess.ReadWrite, bufferSize: 0);
            using var shell = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            int number = (int)shell.DangerousGetHandle();
            await using (var input = StandardStreams.OpenInherited(number, FileAccess.Read, null)!)
            await using (var output = StandardStreams.OpenInherited(number, FileAccess.Write, null)!)
            {
                Assert.IsType<DescriptorPipe>(input);
                var line = EventLoop.Current.Spawn(input.ReadLine());
                await Coroutine.Yield();
                keyboard.Write("typ"u8);
                await Coroutine.Yield();
                Assert.False(line.IsCompleted);
                keyboard.Write("ed\n"u8);
                Assert.Equal("typed", await line);
                await output.Write("shown"u8.ToArray());
                await output.Flush();
            }

            Assert.False(OpenDescriptors.IsNonBlocking(number));
            byte[] screen = new byte[100];
            // The terminal's own echo, and what was written.
            keyboard.ReadExactly(screen, 0, "typed\r\nshown".Length);
            Assert.StartsWith("typed\r\nshown", System.Text.Encoding.UTF8.GetString(screen), StringComparison.Ordinal);
        }
    }

    private string NewNamedPipe()
    {
        string path = Path.Combine(_folder, "named");
        Assert.Equal(0, MakeNamedPipe(path, Convert.ToInt32("600", 8)));
        return path;
    }

    private static SafeFileHandle OpenTerminal(out string path)
    {
        const int ReadWriteNoControl = 0x102;
        int terminal = OpenMaster(ReadWriteNoControl);
        Assert.True(terminal >= 0);
        Assert.Equal(0, Grant(terminal));
        Assert.Equal(0, Unlock(terminal));
        path = Marshal.PtrToStringUTF8(NameOf(terminal))!;
        return new SafeFileHandle(terminal, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeNamedPipe(string path, int mode);

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int terminal);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int terminal);

    [LibraryImport("libc", EntryPoint = "ptsname")]
    private static partial nint NameOf(int terminal);

    /// <summary>A pipe as a shell makes it: its ends block.</summary>
    private sealed unsafe partial class BlockingPipe : IDisposable
    {
        private readonly int[] _ends = new int[2];

        public BlockingPipe()
        {
            fixed (int* ends = _ends)
                Assert.Equal(0, Pipe(ends));
        }

        public int Reader => _ends[0];

        public int Writer => _ends[1];

        public void Dispose()
        {
            _ = Close(_ends[0]);
            _ = Close(_ends[1]);
        }

        [LibraryImport("libc", EntryPoint = "pipe")]
        private static partial int Pipe(int* ends);

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int Close(int descriptor);
    }
}
