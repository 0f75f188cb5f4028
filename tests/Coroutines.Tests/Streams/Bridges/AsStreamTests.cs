using System.Net.Sockets;
using Coroutines.Tests.Allocation;

namespace Coroutines.Tests.Streams;

public abstract partial class AsStreamTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Fact]
    public void Readers_and_writers_of_text_work_over_it() => EventLoop.Run(Text(), _options);

    [Fact]
    public void Other_threads_are_served_by_the_loop() => EventLoop.Run(OtherThreads(), _options);

    [Fact]
    public void Code_that_wants_no_context_goes_on_on_the_loop() => EventLoop.Run(GoesOn(), _options);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_token_cancels_a_call_on_its_thread_or_on_another_and_nothing_is_lost(bool elsewhere) => EventLoop.Run(Cancelled(elsewhere), _options);

    [Fact]
    public void Two_reads_at_a_time_are_refused() => EventLoop.Run(TwoReads(), _options);

    [Fact]
    public void An_empty_buffer_waits_for_data() => EventLoop.Run(Empty(), _options);

    [Fact]
    public void A_failure_is_told() => EventLoop.Run(Failure(), _options);

    [Fact]
    public void What_cannot_be_done_says_what_to_do() => EventLoop.Run(Impossible(), _options);

    [Fact]
    public void Left_open_it_leaves_the_stream_open() => EventLoop.Run(LeftOpen(), _options);

    [Fact]
    public void Pipes_read_and_write_and_close_it_together() => EventLoop.Run(Pipes(), _options);

    [Fact]
    public void A_round_trip_allocates_nothing() => Allocations.AssertNone(() => EventLoop.Run(Allocated(), _options));

    [Coroutine]
    private static async Coroutine Text()
    {
        await using var pair = await StreamPair.Connect();
        using (var writer = new StreamWriter(pair.Near.AsStream()) { AutoFlush = true })
        {
            await writer.WriteLineAsync("first");
#pragma warning disable CORO101 // The stream below keeps what is written synchronously.
            writer.WriteLine("second, without waiting");
#pragma warning restore CORO101
        }

        using var reader = new StreamReader(pair.Far.AsStream());
        Assert.Equal("first", await reader.ReadLineAsync());
        Assert.Equal("second, without waiting", await reader.ReadLineAsync());
        Assert.Null(await reader.ReadLineAsync());
    }

    [Coroutine]
    private static async Coroutine OtherThreads()
    {
        await using var pair = await StreamPair.Connect();
        var near = pair.Near.AsStream();
        var far = pair.Far.AsStream();
        await Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await near.WriteAsync(new byte[] { (byte)i, 1, 2 });
                await near.FlushAsync();
                byte[] received = new byte[3];
                await far.ReadExactlyAsync(received);
                Assert.Equal(i, received[0]);
            }

            await near.DisposeAsync();
            Assert.Equal(0, await far.ReadAsync(new byte[1]));
            await far.DisposeAsync();
        });
        await ReadingTests.Refused<ObjectDisposedException>(Fill(pair.Near));
    }

    [Coroutine]
    private static async Coroutine Fill(ByteStream stream) => await stream.Fill();

    [Coroutine]
    private static async Coroutine GoesOn()
    {
        await using var pair = await StreamPair.Connect();
        int loop = Environment.CurrentManagedThreadId;
        var reading = Ordinary(pair.Far.AsStream());
        await Coroutine.UntilIdle();
        pair.Near.Output.WriteLine("x");
        var (withoutContext, withContext) = await reading;
        Assert.Equal(loop, withoutContext);
        Assert.Equal(loop, withContext);

        static async Task<(int WithoutContext, int WithContext)> Ordinary(Stream stream)
        {
            async Task<int> Without()
            {
                await stream.ReadExactlyAsync(new byte[1]).ConfigureAwait(false);
                Assert.Null(SynchronizationContext.Current);
                return Environment.CurrentManagedThreadId;
            }

            int without = await Without();
            Assert.NotNull(SynchronizationContext.Current);
            await stream.ReadExactlyAsync(new byte[1]);
            return (without, Environment.CurrentManagedThreadId);
        }
    }

    [Coroutine]
    private static async Coroutine Cancelled(bool elsewhere)
    {
        await using var pair = await StreamPair.Connect();
        var stream = pair.Far.AsStream();
        for (int i = 0; i < 20; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var reading = stream.ReadAsync(new byte[10], cancellation.Token).AsTask();
            if (elsewhere)
                await Task.Run(cancellation.Cancel);
            else
                cancellation.Cancel();
            try
            {
                await reading;
                Assert.Fail("The read went on.");
            }
            catch (OperationCanceledException cancelled)
            {
                Assert.Equal(cancellation.Token, cancelled.CancellationToken);
            }

            pair.Near.Output.WriteLine($"{i}");
            Assert.Equal($"{i}", await pair.Far.ReadLine());
        }

        Assert.True(stream.ReadAsync(new byte[1], new CancellationToken(canceled: true)).IsCanceled);
    }

    [Coroutine]
    private static async Coroutine TwoReads()
    {
        await using var pair = await StreamPair.Connect();
        var stream = pair.Far.AsStream();
        var first = stream.ReadAsync(new byte[1]).AsTask();
        Assert.Throws<InvalidOperationException>(() => { _ = stream.ReadAsync(new byte[1]); });
        pair.Near.Output.WriteLine("");
        Assert.Equal(1, await first);
    }

    [Coroutine]
    private static async Coroutine Empty()
    {
        await using var pair = await StreamPair.Connect();
        var stream = pair.Far.AsStream();
        var waiting = stream.ReadAsync(Memory<byte>.Empty).AsTask();
        await Coroutine.UntilIdle();
        Assert.False(waiting.IsCompleted);
        pair.Near.Output.WriteLine("x");
        Assert.Equal(0, await waiting);
        Assert.Equal("x", await pair.Far.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Failure()
    {
        await using var pair = await StreamPair.Connect();
        var stream = pair.Far.AsStream();
        var reading = stream.ReadAsync(new byte[1]).AsTask();
        await Coroutine.UntilIdle();
        pair.Near.Socket.LingerState = new(true, 0);
        pair.Near.Abort();
        try
        {
            await reading;
            Assert.Fail("A reset is no end.");
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }

    [Coroutine]
    private static async Coroutine Impossible()
    {
        await using var pair = await StreamPair.Connect();
        var stream = pair.Far.AsStream();
        Assert.Contains("ReadAsync", Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1], 0, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        var refused = await Task.Run(() => Assert.Throws<NotSupportedException>(() => stream.Write([1], 0, 1)));
        Assert.Contains("WriteAsync", refused.Message, StringComparison.Ordinal);
    }

    [Coroutine]
    private static async Coroutine LeftOpen()
    {
        await using var pair = await StreamPair.Connect();
        await using (pair.Near.AsStream(leaveOpen: true))
        {
        }

        var pipe = pair.Near.AsPipe(leaveOpen: true);
        await pipe.Input.CompleteAsync();
        await pipe.Output.CompleteAsync();
        pair.Near.Output.WriteLine("still open");
        Assert.Equal("still open", await pair.Far.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Pipes()
    {
        await using var pair = await StreamPair.Connect();
        var near = pair.Near.AsPipe();
        await near.Output.WriteAsync("abc\n"u8.ToArray());
        Assert.Equal("abc", await pair.Far.ReadLine());
        await near.Output.CompleteAsync();
        Assert.Null(await pair.Far.ReadLine());

        pair.Far.Output.WriteLine("xyz");
        var read = await near.Input.ReadAsync();
        Assert.Equal("xyz\n"u8.ToArray(), read.Buffer.FirstSpan.ToArray());
        near.Input.AdvanceTo(read.Buffer.End);
        await near.Input.CompleteAsync();
        await Coroutine.UntilIdle();
        await ReadingTests.Refused<ObjectDisposedException>(Fill(pair.Near));
    }

    [Coroutine]
    private static async Coroutine<long> Allocated()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix);
        var near = pair.Near.AsStream();
        var far = pair.Far.AsStream();
        byte[] question = new byte[100];
        byte[] answer = new byte[100];
        long before = 0;
        for (int i = 0; i < 4_000; i++)
        {
            if (i == 2_000)
                before = GC.GetAllocatedBytesForCurrentThread();
            var reading = far.ReadAsync(answer);
            await near.WriteAsync(question);
            Assert.True(await reading == question.Length);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
