using Coroutines.Tests.Allocation;

namespace Coroutines.Tests.Streams.Pipes;

/// <summary>What pipes take, and give back. Beside other tests, which open and close descriptors of their own, that could not be told.</summary>
[Collection(WholeProcess.Alone)]
public partial class PipeCostTests
{
    private static readonly byte[] s_question = [1, 2, 3, 4, 5, 6, 7, (byte)'\n'];

    [Fact]
    public void A_read_and_a_write_allocate_nothing() => Allocations.AssertNone(static () => EventLoop.Run(Allocated()));

    [Fact]
    public void Pipes_leave_no_descriptor_open()
    {
        EventLoop.Run(OpenAndClose(10));
        int before = OpenDescriptors.Count();
        EventLoop.Run(OpenAndClose(1_000));
        Assert.Equal(before, OpenDescriptors.Count());
    }

    [Coroutine]
    private static async Coroutine<long> Allocated()
    {
        using var there = new PipePair(PipeKind.Descriptor);
        using var back = new PipePair(PipeKind.Descriptor);
        await using var group = new TaskGroup();
        group.Spawn(Echo(there.Reader, back.Writer));
        await Exchange(there.Writer, back.Reader, 2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        await Exchange(there.Writer, back.Reader, 20_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await there.Writer.CompleteWrites();
        await group.Join();
        return allocated;
    }

    [Coroutine]
    private static async Coroutine Exchange(PipeStream writer, PipeStream reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await writer.Write(s_question);
            var answer = await reader.ReadUntil((byte)'\n');
            Assert.True(answer.Span.SequenceEqual(s_question));
        }
    }

    [Coroutine]
    private static async Coroutine Echo(PipeStream reader, PipeStream writer)
    {
        while (await reader.Fill())
        {
            await writer.Write(reader.BufferedMemory);
            reader.Consume(reader.Buffered.Length);
        }
    }

    [Coroutine]
    private static async Coroutine OpenAndClose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var pair = new PipePair(PipeKind.Descriptor);
            await pair.Writer.Write(new byte[10]);
            await pair.Reader.ReadExactly(new byte[10]);
        }
    }
}
