using Coroutines;

namespace RespServer;

/// <summary>One connection: reads requests, and answers each before the next. Answers of a pipeline leave together.</summary>
public sealed partial class Session(Server server, SocketStream stream)
{
    private const int MostWaiting = 1 << 20;

    private readonly Request _request = new();

    public Server Server => server;

    public SocketStream Stream => stream;

    /// <summary>What is left to do for a request that must wait, set by its command.</summary>
    public Func<Coroutine>? Pending { get; set; }

    public bool IsQuitting { get; set; }

    /// <summary>How many channels it listens to: a session that listens may do little else.</summary>
    public int Subscriptions { get; set; }

    [Coroutine]
    public async Coroutine Run()
    {
        do
        {
            while (_request.TryParse(stream.BufferedMemory, out int length))
            {
                if (_request.Count > 0)
                    CommandTable.Execute(this, _request);
                if (Pending is { } pending)
                {
                    Pending = null;
                    // Who has gone must not be given what he waited for.
                    if (await Coroutine.WhenAny(pending(), Leaving()) != 0)
                        return;
                }

                // Only now: the request lies in the stream's buffer.
                stream.Consume(length);
                if (IsQuitting)
                    return;
            }

            // A client that sends and does not read is not served further.
            if (stream.UnsentLength > 1 << 20)
                await stream.Flush();
        }
        while (await stream.Fill());
    }

    // Until the client has ended; what it sends meanwhile is kept, within limits.
    [Coroutine]
    private async Coroutine Leaving()
    {
        while (stream.Buffered.Length < MostWaiting)
        {
            if (!await stream.Fill())
                return;
        }

        await new LoopEvent().Wait();
    }
}
