using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>Connecting to a host that has several addresses, some of which may not answer (RFC 8305).</summary>
internal static partial class HappyEyeballs
{
    /// <summary>How long an attempt has for itself: what RFC 8305, section 5, recommends.</summary>
    private static readonly TimeSpan s_headStart = TimeSpan.FromMilliseconds(250);

    /// <summary>The addresses of a name, families taking turns, in the system's order of preference.</summary>
    [Coroutine]
    public static async Coroutine<IPAddress[]> Resolve(string host) =>
        Interleave(await EventLoop.Current.RunInExecutor(Dns.GetHostAddresses, host));

    /// <summary>The first address's family goes first.</summary>
    public static IPAddress[] Interleave(IPAddress[] addresses)
    {
        if (addresses.Length < 2)
            return addresses;
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToArray();
        var second = addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily).ToArray();
        return [.. Enumerable.Range(0, addresses.Length).SelectMany(place => first.Skip(place).Take(1).Concat(second.Skip(place).Take(1)))];
    }

    /// <summary>The first connection that is made; the other attempts are given up and awaited.</summary>
    [Coroutine]
    public static async Coroutine<Socket> Connect(IPAddress[] addresses, int port)
    {
        var race = new Race();
        bool isTaken = false;
        try
        {
            await TaskGroup.Run(group => Start(race, addresses, port, group));
            isTaken = true;
        }
        finally
        {
            // Whoever is cancelled while the other attempts are awaited does not get the connection that was made.
            if (!isTaken)
                race.Winner?.Dispose();
        }

        return race.Winner ?? throw race.Failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    [Coroutine]
    private static async Coroutine Start(Race race, IPAddress[] addresses, int port, TaskGroup group)
    {
        foreach (var address in addresses)
        {
            var failed = new LoopEvent();
            group.Spawn(Attempt(race, new IPEndPoint(address, port), failed, group));
            await Coroutine.MoveOnAfter(Failed(failed), s_headStart);
        }
    }

    [Coroutine]
    private static async Coroutine Failed(LoopEvent failed) => await failed.Wait();

    [Coroutine]
    private static async Coroutine Attempt(Race race, IPEndPoint remote, LoopEvent failed, TaskGroup group)
    {
        Socket? socket = null;
        try
        {
            socket = SocketStream.NewSocket(remote.AddressFamily);
            await EventLoop.Current.Connect(socket, remote);
            if (race.Winner is null)
            {
                (race.Winner, socket) = (socket, null);
                group.Cancel();
            }
        }
        catch (SocketException exception)
        {
            race.Failure ??= exception;
            failed.Set();
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private sealed class Race
    {
        public Socket? Winner;
        public SocketException? Failure;
    }
}
