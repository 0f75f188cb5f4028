namespace Coroutines;

/// <summary>HTTP clients whose connections are the loop's.</summary>
/// <remarks>
/// <see cref="HttpClient"/> stays what it is: pooling, HTTP/2, redirects, cookies, compression. Its bytes move on the loop: names are resolved and addresses tried as
/// <see cref="SocketStream.Connect(string, int, ByteStreamOptions?)"/> does, and what a coroutine awaits of it comes back to the loop. No thread waits for the network.
/// </remarks>
public static class LoopHttp
{
    /// <summary>Makes a client of the loop that runs on this thread. Requests are to be made by this loop's coroutines; set timeouts by scopes.</summary>
    /// <remarks>
    /// To cancel a request with the coroutine that made it, pass <see cref="CancelScope.CurrentToken"/>: <c>await client.GetAsync(url, CancelScope.CurrentToken)</c>. Dispose of the client before the loop
    /// ends; connections left then are closed with it.
    /// </remarks>
    /// <returns>The client, to be disposed. Its own time limit is off.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static HttpClient CreateClient() => new(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Makes what <see cref="CreateClient"/> is made of, to be configured: limits, proxies, certificates.</summary>
    /// <param name="options">The sizes of the connections' streams.</param>
    /// <returns>The handler. Its <see cref="SocketsHttpHandler.ConnectCallback"/> is taken.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static SocketsHttpHandler CreateHandler(ByteStreamOptions? options = null)
    {
        var connector = new LoopConnector(EventLoop.Current, options);
        return new SocketsHttpHandler
        {
            ConnectCallback = (context, token) => connector.Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token),
        };
    }
}
