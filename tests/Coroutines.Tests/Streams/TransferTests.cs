namespace Coroutines.Tests.Streams;

/// <summary>Bytes arrive whole and in order, however writes and reads cut them.</summary>
public abstract partial class TransferTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void Every_size_of_write_meets_every_size_of_read(Transport transport) => EventLoop.Run(AllSizes(transport), _options);

    [Theory]
    [InlineData(Transport.Tcp, 1, 16_384)]
    [InlineData(Transport.Tcp, 65_537, 3)]
    [InlineData(Transport.Tcp, 4_095, 4_097)]
    [InlineData(Transport.Unix, 16_384, 1)]
    [InlineData(Transport.Unix, 65_537, 4_096)]
    [InlineData(Transport.Unix, 3, 65_537)]
    public void A_kernel_that_takes_only_a_part_gets_the_rest_later(Transport transport, int writeSize, int readSize) =>
        EventLoop.Run(ThroughSmallBuffers(transport, writeSize, readSize), _options);

    [Coroutine]
    private static async Coroutine AllSizes(Transport transport)
    {
        await using var pair = await StreamPair.Connect(transport, new ByteStreamOptions { ReadSize = 16 });
        for (int writeSize = 1; writeSize <= 40; writeSize++)
        {
            for (int readSize = 1; readSize <= 40; readSize++)
                await Transfer(pair, total: 83, writeSize, readSize);
        }
    }

    [Coroutine]
    private static async Coroutine ThroughSmallBuffers(Transport transport, int writeSize, int readSize)
    {
        await using var pair = await StreamPair.Connect(transport, new ByteStreamOptions { HighWaterMark = 5_000, LowWaterMark = 500 });
        pair.LimitBuffers(16 * 1024);
        await Transfer(pair, Math.Min(500_000, 50_000 * Math.Min(writeSize, readSize)), writeSize, readSize);
    }

    [Coroutine]
    private static async Coroutine Transfer(StreamPair pair, int total, int writeSize, int readSize)
    {
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Near, total, writeSize));
        byte[] buffer = new byte[readSize];
        int received = 0;
        while (received < total)
        {
            int count = await pair.Far.Read(buffer);
            Assert.InRange(count, 1, readSize);
            for (int i = 0; i < count; i++)
            {
                if (buffer[i] != Pattern(received++))
                    Assert.Fail($"byte {received - 1} of {total}, written by {writeSize}, read by {readSize}");
            }
        }

        Assert.Equal(total, received);
        Assert.True(pair.Far.Buffered.IsEmpty);
        await group.Join();
        Assert.Equal(0, pair.Near.UnsentLength);
    }

    [Coroutine]
    private static async Coroutine Send(SocketStream stream, int total, int size)
    {
        byte[] bytes = new byte[size];
        for (int sent = 0; sent < total; sent += size)
        {
            int count = Math.Min(size, total - sent);
            for (int i = 0; i < count; i++)
                bytes[i] = Pattern(sent + i);
            await stream.Write(bytes.AsMemory(0, count));
            if (sent % 3 == 0)
                await stream.Flush();
        }

        await stream.Flush();
    }

    private static byte Pattern(int index) => (byte)(index * 31 + (index >> 8));
}
