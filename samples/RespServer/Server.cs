using Coroutines;

namespace RespServer;

/// <summary>What all connections share. One thread runs them, so nothing needs a lock.</summary>
public sealed partial class Server(EventLoop loop)
{
    private readonly TimeSpan _started = loop.Now;

    public Store Store { get; } = new(loop);

    public Channels Channels { get; } = new();

    public BlockedPops Blocked { get; } = new();

    public TimeSpan Uptime => loop.Now - _started;

    public int Connections { get; private set; }

    public long CommandsProcessed { get; set; }

    /// <summary>Serves one connection to its end.</summary>
    [Coroutine]
    public async Coroutine Handle(SocketStream stream)
    {
        var session = new Session(this, stream);
        Connections++;
        try
        {
            await session.Run();
        }
        catch (ProtocolException invalid)
        {
            stream.Output.Error($"ERR Protocol error: {invalid.Message}");
        }
        finally
        {
            Channels.Leave(session);
            Connections--;
        }
    }
}
