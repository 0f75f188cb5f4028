using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

/// <summary>
/// A receive that took all there was lets the next one wait without trying. Whatever can follow data must end that wait, also when it came
/// together with the data.
/// </summary>
public sealed partial class DrainedReceiveTests : IDisposable
{
    private readonly EventLoop _loop = new();
    private readonly LoopbackPair _pair = LoopbackPair.Connect();

    public void Dispose()
    {
        _pair.Dispose();
        _loop.Dispose();
    }

    [Fact]
    public void After_a_short_receive_the_next_one_waits_without_trying()
    {
        ReceiveOnce(3, () => _pair.Far.Send([1, 2, 3]));
        Assert.True(_loop.IsDrained(_pair.Near));
        ReceiveOnce(1, () => _pair.Far.Send([4]));
    }

    [Fact]
    public void After_a_full_buffer_the_next_one_tries()
    {
        var receive = _loop.Spawn(_loop.Receive(_pair.Near, new byte[3]));
        _loop.RunOnce();
        _pair.Far.Send([1, 2, 3, 4]);
        Assert.Equal(3, _loop.RunUntilComplete(Await(receive)));
        Assert.False(_loop.IsDrained(_pair.Near));
        Assert.Equal(1, _loop.RunUntilComplete(_loop.Receive(_pair.Near, new byte[3])));
    }

    [Fact]
    public void The_end_that_came_with_the_data_is_received()
    {
        ReceiveOnce(3, () =>
        {
            _pair.Far.Send([1, 2, 3]);
            _pair.Far.Shutdown(SocketShutdown.Send);
        });
        Assert.Equal(0, _loop.RunUntilComplete(_loop.Receive(_pair.Near, new byte[10])));
    }

    [Fact]
    public void The_end_that_came_between_notification_and_receive_is_received()
    {
        bool ended = false;
        var receive = _loop.Spawn(_loop.Receive(_pair.Near, new byte[10]));
        _loop.RunOnce();
        _loop.RunOnce();
        // Runs in the turn that collects the notification, before the receiver: it is queued first.
        _pair.Far.Send([1, 2, 3]);
        _loop.CallSoon(() =>
        {
            _pair.Far.Shutdown(SocketShutdown.Send);
            ended = true;
        });
        Assert.Equal(3, _loop.RunUntilComplete(Await(receive)));
        Assert.True(ended);
        Assert.Equal(0, _loop.RunUntilComplete(_loop.Receive(_pair.Near, new byte[10])));
    }

    [Fact]
    public void Data_behind_urgent_data_is_received()
    {
        ReceiveOnce(3, () =>
        {
            _pair.Far.Send([1, 2, 3]);
            _pair.Far.Send([9], SocketFlags.OutOfBand);
            _pair.Far.Send([4, 5]);
        });
        Assert.Equal(2, _loop.RunUntilComplete(_loop.Receive(_pair.Near, new byte[10])));
    }

    [Fact]
    public void A_reset_after_a_short_receive_is_received()
    {
        ReceiveOnce(3, () => _pair.Far.Send([1, 2, 3]));
        LoopbackPair.Reset(_pair.Far);
        Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_loop.Receive(_pair.Near, new byte[10])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_byte_and_the_end_arrive_whatever_the_interleaving(int seed)
    {
        var random = new Random(seed);
        for (int stream = 0; stream < 200; stream++)
        {
            using var pair = LoopbackPair.Connect();
            var received = new int[1];
            var reader = _loop.Spawn(ReadToEnd(pair.Near, random.Next(1, 20), received));
            int sent = 0;
            for (int step = random.Next(1, 30); step > 0; step--)
            {
                if (random.Next(3) == 0)
                    _loop.RunOnce();
                else
                    sent += pair.Far.Send(new byte[random.Next(1, 30)]);
            }

            pair.Far.Shutdown(SocketShutdown.Send);
            _loop.RunUntilComplete(Await(reader));
            Assert.Equal(sent, received[0]);
        }
    }

    private void ReceiveOnce(int expected, Action arrive)
    {
        var receive = _loop.Spawn(_loop.Receive(_pair.Near, new byte[10]));
        _loop.RunOnce();
        _loop.RunOnce();
        arrive();
        Assert.Equal(expected, _loop.RunUntilComplete(Await(receive)));
    }

    [Coroutine]
    private async Coroutine ReadToEnd(Socket socket, int room, int[] received)
    {
        var buffer = new byte[room];
        int count;
        while ((count = await _loop.Receive(socket, buffer)) > 0)
            received[0] += count;
    }

    [Coroutine]
    private static async Coroutine<T> Await<T>(CoroutineTask<T> task) => await task;

    [Coroutine]
    private static async Coroutine Await(CoroutineTask task) => await task;
}
