namespace Coroutines;

/// <summary>Makes connections for ordinary async code, which may ask on any thread.</summary>
internal sealed partial class LoopConnector(EventLoop loop, ByteStreamOptions? options)
{
    public ValueTask<Stream> Connect(string host, int port, CancellationToken token)
    {
        var request = new Request(host, port, token);
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
            loop.Spawn(Connect(request));
        else if (!loop.TryPost(static work => work.Connector.Begin(work.Request), (Connector: this, Request: request)))
            request.Fail(new ObjectDisposedException(typeof(EventLoop).FullName, "The event loop of this HTTP client has ended. Make a client for each loop."));
        return new ValueTask<Stream>(request.Answer);
    }

    private void Begin(Request request) => loop.Spawn(Connect(request));

    [Coroutine]
    private async Coroutine Connect(Request request)
    {
        using var scope = CancelScope.From(request.Token);
        try
        {
            request.Connection = await SocketStream.Connect(request.Host, request.Port, options);
        }
        catch (Exception exception)
        {
            // Told to who asked, a cancellation too: nobody awaits this task.
            request.Failure = exception;
        }

        loop.CallSoon(static request => ContextFree.Call(static request => request.Complete(), request), request);
    }

    private sealed class Request(string host, int port, CancellationToken token)
    {
        private readonly TaskCompletionSource<Stream> _answer = new();

        public string Host => host;

        public int Port => port;

        public CancellationToken Token => token;

        public Task<Stream> Answer => _answer.Task;

        public SocketStream? Connection { get; set; }

        public Exception? Failure { get; set; }

        public void Fail(Exception failure) => _answer.SetException(failure);

        public void Complete()
        {
            if (Connection is not null)
                _answer.SetResult(Connection.AsStream());
            else if (Failure is OperationCanceledException)
                _answer.SetCanceled(token.IsCancellationRequested ? token : new CancellationToken(canceled: true));
            else
                _answer.SetException(Failure!);
        }
    }
}
