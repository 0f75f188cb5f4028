using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Allocation;

namespace Coroutines.Tests.Sockets;

/// <summary>Datagrams to and from sockets of the user's own, with addresses: nothing is allocated, whether a receive waits or not.</summary>
public sealed partial class DatagramAllocationTests : IDisposable
{
    private const int WarmUp = 5_000;
    private const int Exchanges = 100_000;

    private readonly Socket _near = Bound();
    private readonly Socket _far = Bound();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void An_exchange_allocates_nothing_in_the_generated_lowering()
    {
        using var loop = new EventLoop();
        loop.Spawn(Answer(loop));
        Allocations.AssertNone(() => loop.RunUntilComplete(Ask(loop)));
    }

    [Fact]
    public void An_exchange_allocates_nothing_in_the_reference_lowering()
    {
        using var loop = new EventLoop();
        var io = SocketOperations.Reference(loop);
        loop.Spawn(AnswerByReference(io));
        Allocations.AssertNone(() => loop.RunUntilComplete(AskByReference(io)));
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }

    [Coroutine]
    private async Coroutine<long> Ask(EventLoop loop)
    {
        var target = _far.LocalEndPoint!.Serialize();
        var sender = new SocketAddress(AddressFamily.InterNetwork);
        long before = 0;
        for (int i = -WarmUp; i < Exchanges; i++)
        {
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
            await loop.SendTo(_near, _buffer, target);
            if (await loop.ReceiveFrom(_near, _buffer, sender) != new ReceivedLength(_buffer.Length, false))
                throw new InvalidOperationException("A short answer.");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Coroutine]
    private async Coroutine Answer(EventLoop loop)
    {
        var sender = new SocketAddress(AddressFamily.InterNetwork);
        var buffer = new byte[64];
        while (true)
        {
            var received = await loop.ReceiveFrom(_far, buffer, sender);
            await loop.SendTo(_far, buffer.AsMemory(0, received.Length), sender);
        }
    }

    // Without the attribute nothing is generated: these are what the C# compiler makes of them.
    private async Coroutine<long> AskByReference(SocketOperations io)
    {
        var target = _far.LocalEndPoint!.Serialize();
        var sender = new SocketAddress(AddressFamily.InterNetwork);
        long before = 0;
        for (int i = -WarmUp; i < Exchanges; i++)
        {
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
            await io.SendTo(_near, _buffer, target);
            if (await io.ReceiveFrom(_near, _buffer, sender) != new ReceivedLength(_buffer.Length, false))
                throw new InvalidOperationException("A short answer.");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private async Coroutine AnswerByReference(SocketOperations io)
    {
        var sender = new SocketAddress(AddressFamily.InterNetwork);
        var buffer = new byte[64];
        while (true)
        {
            var received = await io.ReceiveFrom(_far, buffer, sender);
            await io.SendTo(_far, buffer.AsMemory(0, received.Length), sender);
        }
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
