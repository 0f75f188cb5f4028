using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Reactors;

// Handles that are closed or forgotten, and numbers that are used again.
public abstract partial class ReactorContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Closing_a_handle_wakes_its_waiters_even_in_a_poll_without_end(int watched)
    {
        var pairs = Enumerable.Range(0, watched).Select(_ => LoopbackPair.Connect()).ToArray();
        var readers = pairs.Select(p => WaitFor(p.Near.SafeHandle, ReadinessKind.Read)).ToArray();
        _reactor.Poll(0);
        foreach (int closed in new[] { watched - 1, watched / 2, 0 }.Distinct())
        {
            pairs[closed].Near.Dispose();
            while (!readers[closed].WasSignalled)
                _reactor.Poll(-1);
        }

        Assert.Equal(Math.Max(0, watched - 3), readers.Count(r => r.IsWaiting));
        foreach (var pair in pairs)
            pair.Dispose();
    }

    [Fact]
    public void Closing_a_handle_wakes_the_writer_too()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 4096; s.ReceiveBufferSize = 4096; });
        LoopbackPair.Fill(pair.Near);
        var writer = WaitFor(pair.Near.SafeHandle, ReadinessKind.Write);
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        pair.Near.Dispose();
        PollUntilSignalled(writer);
        PollUntilSignalled(reader);
        Assert.False(_reactor.HasInterest);
    }

    [Fact]
    public void A_number_reused_by_another_handle_wakes_the_old_waiter_and_serves_the_new_one()
    {
        using var first = LoopbackPair.Connect();
        nint number = first.Near.Handle;
        var old = WaitFor(first.Near.SafeHandle, ReadinessKind.Read);
        _reactor.Poll(0);
        first.Near.Dispose();

        // The kernel hands out the lowest free number; other tests in this process may be faster.
        var others = new List<Socket>();
        Socket reused;
        do
            others.Add(reused = LoopbackPair.NewSocket());
        while (reused.Handle != number && others.Count < 1000);
        if (reused.Handle == number)
        {
            using var listener = LoopbackPair.Listen();
            reused.Connect(listener.LocalEndPoint!);
            using var far = listener.Accept();
            var fresh = WaitFor(reused.SafeHandle, ReadinessKind.Read);
            Assert.True(old.WasSignalled);
            Assert.True(fresh.IsWaiting);
            far.Send([1]);
            PollUntilSignalled(fresh);
        }

        others.ForEach(s => s.Dispose());
    }

    [Fact]
    public void A_closed_handle_is_refused()
    {
        var pair = LoopbackPair.Connect();
        var handle = pair.Near.SafeHandle;
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => WaitFor(handle, ReadinessKind.Read));
        Assert.Throws<ObjectDisposedException>(() => _reactor.SetCallback(handle, ReadinessKind.Read, Callback(() => { })));
        Assert.False(_reactor.SetCallback(handle, ReadinessKind.Read, null));
    }

    [Fact]
    public void A_handle_nobody_waits_for_is_not_kept_alive()
    {
        var handle = WaitAndForget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(handle.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference WaitAndForget()
    {
        var pair = LoopbackPair.Connect();
        WaitFor(pair.Near.SafeHandle, ReadinessKind.Read).Cancel();
        return new WeakReference(pair.Near.SafeHandle);
    }
}
