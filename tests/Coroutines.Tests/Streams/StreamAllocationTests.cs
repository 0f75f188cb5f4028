using System.Buffers;
using Coroutines.Tests.Allocation;

namespace Coroutines.Tests.Streams;

public partial class StreamAllocationTests
{
    private const int RoundTrips = 20_000;

    [Theory]
    [InlineData(ReactorKind.Epoll, Transport.Unix)]
    [InlineData(ReactorKind.IoUring, Transport.Unix)]
    [InlineData(ReactorKind.IoUring, Transport.Tcp)]
    [InlineData(ReactorKind.Portable, Transport.Unix)]
    public void A_round_trip_over_streams_allocates_nothing(ReactorKind reactor, Transport transport) =>
        Allocations.AssertNone(() => EventLoop.Run(Measure(transport), new EventLoopOptions { Reactor = reactor }));

    [Coroutine]
    private static async Coroutine<long> Measure(Transport transport)
    {
        await using var pair = await StreamPair.Connect(transport);
        await using var group = new TaskGroup();
        group.Spawn(Echo(pair.Far));
        await Exchange(pair.Near, 2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        await Exchange(pair.Near, RoundTrips);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await pair.Near.CompleteWrites();
        await group.Join();
        return allocated;
    }

    [Coroutine]
    private static async Coroutine Exchange(SocketStream stream, int count)
    {
        for (int i = 0; i < count; i++)
        {
            stream.Output.Write("hello, world\n"u8);
            var answer = await stream.ReadUntil((byte)'\n');
            Assert.True(answer.Span.SequenceEqual("hello, world\n"u8));
        }
    }

    [Coroutine]
    private static async Coroutine Echo(SocketStream stream)
    {
        while (await stream.Fill())
        {
            await stream.Write(stream.BufferedMemory);
            stream.Consume(stream.Buffered.Length);
        }
    }
}
