namespace Coroutines.Tests.Streams;

/// <summary>What a pair of byte streams is made of.</summary>
public enum Layer
{
    Tls,
    Stream,
    Pipe,
}

/// <summary>Both ends of a connection, each with another layer over the socket.</summary>
internal sealed partial class BytePair : IAsyncDisposable
{
    private BytePair(ByteStream near, ByteStream far, StreamPair below)
    {
        Near = near;
        Far = far;
        Below = below;
    }

    public ByteStream Near { get; }

    public ByteStream Far { get; }

    public StreamPair Below { get; }

    [Coroutine]
    public static async Coroutine<BytePair> Connect(Layer layer, ByteStreamOptions? options = null, Transport transport = Transport.Tcp)
    {
        var below = await StreamPair.Connect(transport, options);
        switch (layer)
        {
            case Layer.Tls:
                var server = EventLoop.Current.Spawn(TlsStream.AuthenticateAsServer(below.Far, TestCertificate.ServerOptions(), options));
                var near = await TlsStream.AuthenticateAsClient(below.Near, TestCertificate.ClientOptions(), options);
                return new BytePair(near, await server, below);
            case Layer.Stream:
                return new BytePair(ByteStream.From(below.Near.AsStream(), options), ByteStream.From(below.Far.AsStream(), options), below);
            default:
                return new BytePair(ByteStream.From(below.Near.AsPipe(), options), ByteStream.From(below.Far.AsPipe(), options), below);
        }
    }

    [Coroutine]
    public async Coroutine DisposeAsync()
    {
        Near.Abort();
        Far.Abort();
        await Below.DisposeAsync();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();
}
