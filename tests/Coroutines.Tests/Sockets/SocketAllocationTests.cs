using System.Net.Sockets;
using Coroutines.Tests.Allocation;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

/// <summary>A million sends and receives, most of which wait, allocate nothing once every pool and table has its size.</summary>
public sealed partial class SocketAllocationTests
{
    private const int WarmUp = 5_000;
    private const int RoundTrips = 250_000;

    [Fact]
    public void A_round_trip_allocates_nothing_in_the_generated_lowering()
    {
        using var loop = new EventLoop();
        using var pair = LoopbackPair.Connect();
        loop.Spawn(Answer(loop, pair.Far));
        Allocations.AssertNone(() => loop.RunUntilComplete(Ask(loop, pair.Near)));
    }

    [Coroutine]
    private static async Coroutine<long> Ask(EventLoop loop, Socket socket)
    {
        var buffer = new byte[64];
        long before = 0;
        for (int i = -WarmUp; i < RoundTrips; i++)
        {
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
            await loop.SendAll(socket, buffer);
            if (await loop.Receive(socket, buffer) != buffer.Length)
                throw new InvalidOperationException("A short answer.");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Coroutine]
    private static async Coroutine Answer(EventLoop loop, Socket socket)
    {
        var buffer = new byte[64];
        while (await loop.Receive(socket, buffer) != 0)
            await loop.SendAll(socket, buffer);
    }

    [Fact]
    public void A_round_trip_allocates_nothing_in_the_reference_lowering()
    {
        using var loop = new EventLoop();
        using var pair = LoopbackPair.Connect();
        var io = SocketOperations.Reference(loop);
        loop.Spawn(AnswerByReference(io, pair.Far));
        Allocations.AssertNone(() => loop.RunUntilComplete(AskByReference(io, pair.Near)));
    }

    // Without the attribute nothing is generated: these are what the C# compiler makes of them.
    private static async Coroutine<long> AskByReference(SocketOperations io, Socket socket)
    {
        var buffer = new byte[64];
        long before = 0;
        for (int i = -WarmUp; i < RoundTrips; i++)
        {
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
            await io.SendAll(socket, buffer);
            if (await io.Receive(socket, buffer) != buffer.Length)
                throw new InvalidOperationException("A short answer.");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Coroutine AnswerByReference(SocketOperations io, Socket socket)
    {
        var buffer = new byte[64];
        while (await io.Receive(socket, buffer) != 0)
            await io.SendAll(socket, buffer);
    }
}
