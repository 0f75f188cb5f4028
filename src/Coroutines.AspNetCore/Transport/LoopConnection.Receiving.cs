using System.Buffers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Coroutines.AspNetCore;

// From the socket into the pipe, also while nobody reads: so the end of the client is noticed.
internal sealed partial class LoopConnection
{
    /// <summary>Begins to receive. Called when Kestrel has begun to wait, so that the first bytes find it waiting and it goes on on the loop.</summary>
    private void BeginReceiving() => OnLoop(static connection => connection._receiving = connection.Loop.Spawn(connection.Receive()));

    [Coroutine]
    private async Coroutine Receive()
    {
        Exception? failure = null;
        var writer = _input.Writer;
        try
        {
            while (await _stream.Fill())
            {
                writer.Write(_stream.Buffered);
                _stream.Consume(_stream.Buffered.Length);
                var flush = writer.FlushAsync();
                var result = flush.IsCompletedSuccessfully ? flush.Result : await flush;
                if (result.IsCompleted || result.IsCanceled)
                    break;
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            failure = new ConnectionResetException(exception.Message, exception);
        }
        catch (ObjectDisposedException)
        {
            failure = new ConnectionAbortedException();
        }
        catch (SocketException exception)
        {
            failure = exception;
        }
        finally
        {
            await writer.CompleteAsync(failure);
        }

        // Kestrel takes the end of what a client sends for the end of the client, and gives its request up. One that was answered at once has its answer: it runs in the next turn, and the answer leaves with it.
        await Coroutine.Yield();
        await Coroutine.Yield();
        NoteClosed();
    }
}
