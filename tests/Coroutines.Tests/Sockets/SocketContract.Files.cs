using System.IO.Pipes;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Sockets;

// Files on sockets: by the system where it can, through other threads elsewhere.
public abstract partial class SocketContract
{
    [Fact]
    public void A_part_of_a_file_arrives_and_the_rest_and_nothing_of_an_empty_one()
    {
        using var pair = LoopbackPair.Connect();
        var bytes = Bytes(10_000, seed: 3);
        using var file = FileOf(bytes);
        using var empty = FileOf([]);
        Assert.Equal(2_000, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 1_000, 2_000)));
        Assert.Equal(7_000, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 3_000, null)));
        Assert.Equal(0, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 0, 0)));
        Assert.Equal(0, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 10_000, null)));
        Assert.Equal(0, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, long.MaxValue, 1)));
        Assert.Equal(0, _loop.RunUntilComplete(_io.SendFile(pair.Near, empty, 0, null)));
        Assert.Equal(bytes[1_000..], Received(pair));
    }

    [Fact]
    public void A_file_that_is_shorter_than_asked_is_sent_to_its_end()
    {
        using var pair = LoopbackPair.Connect();
        using var file = FileOf(new byte[100]);
        Assert.Equal(40, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 60, 1_000)));
        Assert.Equal(0, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 101, 1_000)));
        Assert.Equal(40, Received(pair).Length);
    }

    [Fact]
    public void Two_files_much_larger_than_the_buffers_go_to_slow_readers_from_one_handle()
    {
        var bytes = Bytes(3 << 20, seed: 4);
        using var file = FileOf(bytes);
        using var one = SmallPair();
        using var two = SmallPair();
        var received = new byte[2][];
        var sending = new[] { _loop.Spawn(_io.SendFile(one.Near, file, 0, null)), _loop.Spawn(_io.SendFile(two.Near, file, 1, null)) };
        _loop.Spawn(ReceiveAll(one.Far, received, 0));
        _loop.Spawn(ReceiveAll(two.Far, received, 1));
        Assert.Equal(bytes.Length, _loop.RunUntilComplete(Await(sending[0])));
        Assert.Equal(bytes.Length - 1, _loop.RunUntilComplete(Await(sending[1])));
        one.Near.Shutdown(SocketShutdown.Send);
        two.Near.Shutdown(SocketShutdown.Send);
        TurnUntil(() => received[0] is not null && received[1] is not null);
        Assert.True(received[0].AsSpan().SequenceEqual(bytes));
        Assert.True(received[1].AsSpan().SequenceEqual(bytes.AsSpan(1)));
    }

    [Fact]
    public void A_file_that_is_cut_off_while_it_is_sent_ends_there()
    {
        using var pair = SmallPair();
        using var file = FileOf(new byte[3 << 20], FileAccess.ReadWrite);
        var sending = _loop.Spawn(_io.SendFile(pair.Near, file, 0, null));
        TurnUntil(() => _loop.Reactor.HasInterest);
        RandomAccess.SetLength(file, 2 << 20);
        var received = new byte[1][];
        _loop.Spawn(ReceiveAll(pair.Far, received, 0));
        Assert.Equal(2 << 20, _loop.RunUntilComplete(Await(sending)));
        pair.Near.Shutdown(SocketShutdown.Send);
        TurnUntil(() => received[0] is not null);
        Assert.Equal(2 << 20, received[0].Length);
    }

    [Fact]
    public void A_cancelled_transfer_has_sent_a_beginning_and_lets_go_of_file_and_socket()
    {
        var bytes = Bytes(3 << 20, seed: 5);
        for (int turns = 0; turns < 8; turns++)
        {
            using var pair = SmallPair();
            var file = FileOf(bytes);
            var sending = _loop.Spawn(_io.SendFile(pair.Near, file, 0, null));
            for (int i = 0; i < turns; i++)
                _loop.RunOnce();
            sending.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => _loop.RunUntilComplete(Await(sending)));
            Assert.False(_loop.Reactor.HasInterest);
            file.Dispose();
            Assert.Equal(0, _loop.TaskCount);
            var received = Received(pair);
            Assert.True(received.AsSpan().SequenceEqual(bytes.AsSpan(0, received.Length)));
        }
    }

    [Fact]
    public void A_reset_in_the_middle_of_a_file_fails_the_transfer()
    {
        using var pair = SmallPair();
        using var file = FileOf(new byte[3 << 20]);
        var sending = _loop.Spawn(_io.SendFile(pair.Near, file, 0, null));
        TurnUntil(() => _loop.Reactor.HasInterest);
        LoopbackPair.Reset(pair.Far);
        var error = Assert.Throws<SocketException>(() => _loop.RunUntilComplete(Await(sending)));
        Assert.Contains(error.SocketErrorCode, new[] { SocketError.ConnectionReset, SocketError.Shutdown });
        Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 0, null)));
    }

    [Fact]
    public void Closing_the_socket_or_the_file_in_the_middle_of_it_fails_the_transfer()
    {
        using var pair = SmallPair();
        using var file = FileOf(new byte[3 << 20]);
        using var closed = FileOf(new byte[3 << 20]);
        using var other = SmallPair();
        _loop.Spawn(Report("socket", Ignore(_io.SendFile(pair.Near, file, 0, null))));
        var sending = _loop.Spawn(Report("file", Ignore(_io.SendFile(other.Near, closed, 0, null))));
        TurnUntil(() => Waits(pair.Near) && Waits(other.Near));
        pair.Near.Dispose();
        TurnUntil(() => _trace.Count == 1);
        closed.Dispose();
        _loop.Spawn(ReceiveAll(other.Far, new byte[1][], 0));
        _loop.RunUntilComplete(Await(sending));
        Assert.Equal(["socket ObjectDisposedException", "file ObjectDisposedException"], _trace);
    }

    [Fact]
    public void A_file_the_system_cannot_send_by_itself_is_read()
    {
        // Its bytes are made when they are asked for.
        const string made = "/proc/self/auxv";
        using var pair = LoopbackPair.Connect();
        using var file = File.OpenHandle(made);
        var bytes = File.ReadAllBytes(made);
        Assert.Equal(bytes.Length, _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 0, null)));
        Assert.Equal(bytes, Received(pair));
    }

    [Fact]
    public void A_local_socket_takes_a_file()
    {
        var address = new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen();
        using var near = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        near.Connect(address);
        using var far = listener.Accept();
        var bytes = Bytes(1 << 20, seed: 6);
        using var file = FileOf(bytes);
        var received = new byte[1][];
        _loop.Spawn(ReceiveAll(far, received, 0));
        Assert.Equal(bytes.Length, _loop.RunUntilComplete(_io.SendFile(near, file, 0, null)));
        near.Shutdown(SocketShutdown.Send);
        TurnUntil(() => received[0] is not null);
        Assert.True(received[0].AsSpan().SequenceEqual(bytes));
        File.Delete(address.ToString());
    }

    [Fact]
    public void Misuse_of_files_is_answered()
    {
        using var pair = LoopbackPair.Connect();
        using var file = FileOf(new byte[10]);
        using var datagrams = NewDatagramSocket();
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.SendFile(null!, file, 0, null)));
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, null!, 0, null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, file, -1, null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 0, -1)));
        Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_io.SendFile(datagrams, file, 0, null)));
        using (var unconnected = LoopbackPair.NewSocket())
            Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.SendFile(unconnected, file, 0, null)));
        using (var written = FileOf(new byte[10], FileAccess.Write))
            Assert.Throws<UnauthorizedAccessException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, written, 0, null)));
        using (var pipe = new AnonymousPipeServerStream(PipeDirection.In))
        using (var read = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false))
            Assert.Throws<NotSupportedException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, read, 0, null)));
        using (var other = new EventLoop())
            Assert.Throws<InvalidOperationException>(() => other.RunUntilComplete(OnAnotherThread(Ignore(_io.SendFile(pair.Near, file, 0, null)))));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, file, 0, null)));
        using var another = FileOf(new byte[10]);
        pair.Near.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _loop.RunUntilComplete(_io.SendFile(pair.Near, another, 0, null)));
    }

    // Where the system sends. Reading on another thread lets others run anyway.
    protected void SendFilesThatNeverWait()
    {
        using var pair = LoopbackPair.Connect();
        using var file = FileOf(new byte[1]);
        _loop.Spawn(SendFiles(pair.Near, file, Flood));
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["64", "128", "150"], _trace);
        Assert.Equal(Flood, Received(pair).Length);
    }

    [Coroutine]
    private async Coroutine SendFiles(Socket socket, SafeFileHandle file, int count)
    {
        for (int i = 0; i < count; i++)
            Done((int)await _io.SendFile(socket, file, 0, 1));
    }

    private bool Waits(Socket socket) => _loop.Reactor.Find(socket.SafeHandle) is { HasWaiters: true };

    private static LoopbackPair SmallPair() => LoopbackPair.Connect(s => { s.SendBufferSize = 8192; s.ReceiveBufferSize = 8192; });

    // Without a name, so that nothing is left behind.
    private static SafeFileHandle FileOf(byte[] bytes, FileAccess access = FileAccess.Read)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        var handle = File.OpenHandle(path, FileMode.Open, access);
        File.Delete(path);
        return handle;
    }

    private byte[] Received(LoopbackPair pair)
    {
        pair.Near.Shutdown(SocketShutdown.Send);
        var received = new byte[1][];
        _loop.RunUntilComplete(ReceiveAll(pair.Far, received, 0));
        return received[0];
    }
}
