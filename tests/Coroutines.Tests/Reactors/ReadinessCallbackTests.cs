using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Coroutines.Tests.Reactors;

/// <summary><c>AddReader</c> and <c>AddWriter</c> on a running loop.</summary>
public abstract partial class ReadinessCallbackTests(ReactorKind reactor) : IDisposable
{
    private readonly EventLoop _loop = new(new EventLoopOptions { Reactor = reactor });
    private readonly List<string> _trace = [];

    public void Dispose()
    {
        _loop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_reader_takes_what_comes_and_removes_itself()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var end = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle);
        _loop.AddReader(pipe.SafePipeHandle, _ =>
        {
            int read = pipe.ReadByte();
            _trace.Add("read " + read);
            if (read == 3)
            {
                _trace.Add("removed " + _loop.RemoveReader(pipe.SafePipeHandle));
                _trace.Add("again " + _loop.RemoveReader(pipe.SafePipeHandle));
                _loop.Stop();
            }
        });
        end.Write([1, 2, 3, 4]);
        _loop.RunForever();
        Assert.Equal(["read 1", "read 2", "read 3", "removed True", "again False"], _trace);
        Assert.False(_loop.Reactor.HasInterest);
    }

    [Fact]
    public void A_descriptor_can_be_given_by_number()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var end = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle);
        int number = (int)pipe.SafePipeHandle.DangerousGetHandle();
        _loop.AddReader(number, state =>
        {
            _trace.Add((string)state! + pipe.ReadByte());
            Assert.True(_loop.RemoveReader(number));
            _loop.Stop();
        }, "got ");
        end.WriteByte(7);
        _loop.RunForever();
        Assert.Equal(["got 7"], _trace);
    }

    [Fact]
    public void A_number_that_is_closed_and_used_again_after_its_reader_was_removed_is_watched_anew()
    {
        using var old = new AnonymousPipeServerStream(PipeDirection.In);
        using var oldEnd = new AnonymousPipeClientStream(PipeDirection.Out, old.ClientSafePipeHandle);
        using var fresh = new AnonymousPipeServerStream(PipeDirection.In);
        using var freshEnd = new AnonymousPipeClientStream(PipeDirection.Out, fresh.ClientSafePipeHandle);
        int number = (int)old.SafePipeHandle.DangerousGetHandle();
        _loop.AddReader(number, _ => _trace.Add("old"));
        _loop.RunOnce();
        Assert.True(_loop.RemoveReader(number));
        // As closing it and opening the other, but nobody can come in between.
        Assert.Equal(number, Duplicate((int)fresh.SafePipeHandle.DangerousGetHandle(), number));
        _loop.AddReader(number, _ =>
        {
            _trace.Add("fresh");
            Assert.True(_loop.RemoveReader(number));
        });
        freshEnd.WriteByte(1);
        for (int turns = 0; _trace.Count == 0 && turns < 3; turns++)
            _loop.RunOnce(TimeSpan.FromSeconds(1));
        Assert.Equal(["fresh"], _trace);
    }

    [Fact]
    public void A_writer_is_called_in_every_turn_until_it_is_removed()
    {
        using var pair = LoopbackPair.Connect();
        int calls = 0;
        _loop.AddWriter(pair.Near.SafeHandle, _ =>
        {
            if (++calls < 3)
                return;
            Assert.True(_loop.RemoveWriter(pair.Near.SafeHandle));
            _loop.Stop();
        });
        _loop.RunForever();
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_callback_that_throws_is_reported_and_called_again()
    {
        using var pair = LoopbackPair.Connect();
        int calls = 0;
        _loop.UnhandledException += (_, arguments) => _trace.Add(arguments.Exception.Message);
        _loop.AddWriter(pair.Near.SafeHandle, _ =>
        {
            if (++calls == 2)
                _loop.Stop();
            throw new InvalidOperationException("call " + calls);
        });
        _loop.RunForever();
        Assert.Equal(["call 1", "call 2"], _trace);
    }

    [Fact]
    public void A_coroutine_and_a_callback_do_not_share_a_socket()
    {
        using var pair = LoopbackPair.Connect();
        _loop.AddReader(pair.Near.SafeHandle, _ => { });
        var refusal = Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_loop.Receive(pair.Near, new byte[1])));
        Assert.Contains("remove it before", refusal.Message);
    }

    [Fact]
    public void Another_thread_is_refused()
    {
        using var pair = LoopbackPair.Connect();
        Exception? refusal = null;
        _loop.CallSoon(() =>
        {
            var thread = new Thread(() => refusal = Record.Exception(() => _loop.AddReader(pair.Near.SafeHandle, _ => { })));
            thread.Start();
            thread.Join();
            _loop.Stop();
        });
        _loop.RunForever();
        Assert.IsType<InvalidOperationException>(refusal);
    }

    [Fact]
    public void Misuse_is_answered()
    {
        Assert.Throws<ArgumentNullException>(() => _loop.AddReader(null!, _ => { }));
        using var pair = LoopbackPair.Connect();
        Assert.Throws<ArgumentNullException>(() => _loop.AddWriter(pair.Near.SafeHandle, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => _loop.RemoveReader(-1));
        Assert.Throws<ObjectDisposedException>(() => _loop.AddReader(1_000_000, _ => { }));
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int onto);
}

public sealed class EpollReadinessCallbackTests() : ReadinessCallbackTests(ReactorKind.Epoll);

public sealed class PortableReadinessCallbackTests() : ReadinessCallbackTests(ReactorKind.Portable);

public sealed class IoUringReadinessCallbackTests() : ReadinessCallbackTests(ReactorKind.IoUring);
