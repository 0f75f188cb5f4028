using System.Net.Sockets;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a connection is accepted, of a burst of 64 that were made while the loop waited for them. Making and closing them is not measured: over loopback that is ten times as much.
/// </summary>
internal static partial class Accept
{
    private const int Burst = 64;

    // Beside Loops.Shared, of the same thread.
    private static readonly EventLoop s_ring = new(new EventLoopOptions { Reactor = ReactorKind.IoUring });

    public static Sample OnEpoll(int operations) => Run(Loops.Shared, operations);

    public static Sample OnIoUring(int operations) => Run(s_ring, operations);

    private static Sample Run(EventLoop loop, int operations)
    {
        using Socket listener = Echo.Listen();
        var clients = new Socket[Burst];
        var accepted = new Socket[Burst];
        var sum = default(Sample);
        for (int done = 0; done < operations; done += Burst)
        {
            var accepting = loop.Spawn(AcceptAll(loop, listener, accepted));
            // One to begin to wait, one for what the wait has to tell the system.
            loop.RunOnce();
            loop.RunOnce();
            for (int i = 0; i < Burst; i++)
            {
                // Closed by a reset, so that no port is left waiting for late packets.
                clients[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
                clients[i].Connect(listener.LocalEndPoint!);
            }

            Meter meter = Meter.Start();
            loop.RunUntilComplete(Await(accepting));
            Sample sample = meter.Stop();
            sum = new Sample(sum.Time + sample.Time, sum.Bytes + sample.Bytes);
            for (int i = 0; i < Burst; i++)
            {
                clients[i].Dispose();
                accepted[i].Dispose();
            }
        }

        return sum;
    }

    [Coroutine]
    internal static async Coroutine AcceptAll(EventLoop loop, Socket listener, Socket[] accepted)
    {
        for (int i = 0; i < accepted.Length; i++)
            accepted[i] = await loop.Accept(listener);
    }

    [Coroutine]
    internal static async Coroutine Await(CoroutineTask task) => await task;
}
