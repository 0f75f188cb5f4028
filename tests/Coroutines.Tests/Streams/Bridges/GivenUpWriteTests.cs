using System.Buffers;

namespace Coroutines.Tests.Streams;

/// <summary>A write of a stream that knows no loop goes on when nobody waits for it any more: its bytes must stay as they are until it has ended.</summary>
public sealed partial class GivenUpWriteTests
{
    private const int Length = 5_000;

    [Fact]
    public void Bytes_of_a_write_that_closing_gave_up_stay_as_they_were()
    {
        var below = new SlowStream();
        EventLoop.Run(WriteThenAbort(below));
        AssertUntouched(below);
    }

    [Fact]
    public void Bytes_of_a_write_that_the_end_of_the_loop_gave_up_stay_as_they_were()
    {
        var below = new SlowStream();
        EventLoop.Run(WriteThenLeave(below));
        AssertUntouched(below);
    }

    [Coroutine]
    private static async Coroutine WriteThenAbort(SlowStream below)
    {
        var stream = ByteStream.From(below);
        await Begin(stream, below);
        stream.Abort();
        await Coroutine.UntilIdle();
    }

    [Coroutine]
    private static async Coroutine WriteThenLeave(SlowStream below) => await Begin(ByteStream.From(below), below);

    [Coroutine]
    private static async Coroutine Begin(ByteStream stream, SlowStream below)
    {
        await stream.Write(Enumerable.Repeat((byte)7, Length).ToArray());
        await Coroutine.UntilIdle();
        Assert.Equal(Length, below.Written.Length);
    }

    private static void AssertUntouched(SlowStream below)
    {
        // Whoever rents an array of that size now gets one that was given back last.
        for (int i = 0; i < 100; i++)
            ArrayPool<byte>.Shared.Rent(below.ArrayLength).AsSpan().Fill(0xFF);
        Assert.Equal(Length, below.Written.Span.Count((byte)7));
    }

    /// <summary>Takes what is written some day.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private readonly TaskCompletionSource _someDay = new();

        public ReadOnlyMemory<byte> Written { get; private set; }

        public int ArrayLength { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written = buffer;
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out var array));
            ArrayLength = array.Array!.Length;
            return new ValueTask(_someDay.Task);
        }
    }
}
