namespace Coroutines.Tests.Sync;

/// <summary>Whoever has a failing comparer called gets its exception; no item is lost or told of twice, whoever waits.</summary>
public sealed partial class ThrowingComparerTests
{
    private readonly Trace _trace = new();
    private bool _fails;

    [Fact]
    public void A_read_that_makes_room_for_a_writer_takes_nothing_if_the_comparer_fails()
    {
        VirtualLoop.Run(Body());
        _trace.AssertIs("refused", "refused", "read 1", "3 written", "read 2", "read 3", "empty");

        async Coroutine Body()
        {
            var channel = Channel();
            channel.TryWrite(2);
            channel.TryWrite(1);
            EventLoop.Current.Spawn(Write(channel, 3));
            await Coroutine.Yield();
            _fails = true;
            Read(channel);
            Read(channel);
            _fails = false;
            Read(channel);
            await Coroutine.Yield();
            Read(channel);
            Read(channel);
            Read(channel);
        }
    }

    [Fact]
    public void A_writer_that_waits_after_a_comparer_has_failed_can_be_cancelled()
    {
        VirtualLoop.Run(Body());
        _trace.AssertIs("refused", "read 1", "read 2", "empty");

        async Coroutine Body()
        {
            var channel = Channel();
            channel.TryWrite(1);
            channel.TryWrite(2);
            var writer = EventLoop.Current.Spawn(Write(channel, 3));
            await Coroutine.Yield();
            _fails = true;
            Read(channel);
            _fails = false;
            writer.Cancel();
            await Coroutine.Yield();
            Read(channel);
            Read(channel);
            Read(channel);
        }
    }

    [Fact]
    public void A_write_whose_item_cannot_be_compared_adds_nothing()
    {
        VirtualLoop.Run(Body());
        _trace.AssertIs("read 1", "empty");

        async Coroutine Body()
        {
            var channel = Channel();
            channel.TryWrite(1);
            _fails = true;
            Assert.Throws<InvalidOperationException>(() => channel.TryWrite(2));
            _fails = false;
            Read(channel);
            Read(channel);
            await Coroutine.Yield();
        }
    }

    private LoopChannel<int> Channel() =>
        LoopChannel.CreatePriority(Comparer<int>.Create((x, y) => _fails ? throw new InvalidOperationException("A comparer fails.") : x.CompareTo(y)), 2);

    private void Read(LoopChannel<int> channel)
    {
        try
        {
            _trace.Add(channel.TryRead(out int item) ? $"read {item}" : "empty");
        }
        catch (InvalidOperationException)
        {
            _trace.Add("refused");
        }
    }

    private async Coroutine Write(LoopChannel<int> channel, int item)
    {
        await channel.Write(item);
        _trace.Add($"{item} written");
    }
}
