using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Coroutines.AspNetCore;

/// <summary>Gives Kestrel listeners whose connections belong to event loops.</summary>
internal sealed class LoopTransport(WebLoops loops, ILogger<LoopTransport> logger) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint or System.Net.Sockets.UnixDomainSocketEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        await LoopListener.Bind(endpoint, loops, logger).ConfigureAwait(false);
}
