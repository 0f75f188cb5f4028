using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Coroutines.AspNetCore;

/// <summary>A connection of Kestrel's that belongs to an event loop. Made on the loop's thread; every member may be called on any.</summary>
/// <remarks>
/// Received bytes go through a pipe, since Kestrel reads while more arrives and wants to hear of the client's end even when it does not read. Responses are collected by a <see cref="LoopPipeWriter"/> and leave when the
/// loop's turn ends.
/// </remarks>
internal sealed partial class LoopConnection : DefaultConnectionContext, IConnectionSocketFeature, IEventLoopFeature, IDuplexPipe
{
    private readonly SocketStream _stream;
    private readonly Pipe _input;
    private readonly LoopPipeWriter _output;
    private readonly CancellationTokenSource _closed = new();
    private readonly Action _ended;
    private readonly TimeSpan _closeTimeout;
    private CoroutineTask _receiving;
    private Task? _disposal;

    /// <param name="socket">A connection.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="ended">Called on the loop when the connection has ended.</param>
    public LoopConnection(Socket socket, CoroutineLoopOptions options, Action ended)
        : base(CorrelationId.Next())
    {
        Loop = EventLoop.Current;
        _ended = ended;
        _closeTimeout = options.CloseTimeout;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _stream = new SocketStream(socket, new ByteStreamOptions { HighWaterMark = options.MaxWriteBufferSize, LowWaterMark = options.MaxWriteBufferSize / 4 });
        var scheduler = new LoopPipeScheduler(Loop);
        _input = new Pipe(new PipeOptions(
            readerScheduler: scheduler,
            writerScheduler: scheduler,
            pauseWriterThreshold: options.MaxReadBufferSize,
            resumeWriterThreshold: options.MaxReadBufferSize / 2,
            useSynchronizationContext: false));
        Input = new FirstRead(_input.Reader, BeginReceiving);
        Output = _output = new LoopPipeWriter(_stream);
        Transport = this;
        Application = this;
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IEventLoopFeature>(this);
    }

    public EventLoop Loop { get; }

    public Socket Socket => _stream.Socket;

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        // The peer is told by a reset that this was no ordinary end.
        if (!OnLoop(static connection => connection._stream.Abort()))
            _stream.Abort();
    }

    public override void Abort() => Abort(new ConnectionAbortedException("The server aborted the connection."));

    public override ValueTask DisposeAsync()
    {
        lock (_closed)
            _disposal ??= Dispose();
        return new ValueTask(_disposal);
    }

    private async Task Dispose()
    {
        await Input.CompleteAsync().ConfigureAwait(false);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (OnLoop(connection => connection.Loop.Spawn(connection.End(ended))))
        {
            await ended.Task.ConfigureAwait(false);
        }
        else
        {
            // The loop has ended: nothing can be sent.
            Output.Complete(new ConnectionAbortedException());
            _stream.Abort();
        }

        _closed.Dispose();
    }

    // What is unsent is sent, within limits.
    [Coroutine]
    private async Coroutine End(TaskCompletionSource ended)
    {
        try
        {
            await Coroutine.MoveOnAfter(SendRest(), _closeTimeout);
        }
        catch (SocketException)
        {
            // The client has gone before everything was sent.
        }
        finally
        {
            _stream.Abort();
            NoteClosed();
            _ended();
            ended.SetResult();
        }
    }

    [Coroutine]
    private async Coroutine SendRest()
    {
        // With the token, as a client that does not read leaves no room for it.
        await Output.FlushAsync(CancelScope.CurrentToken);
        Output.Complete();
        await _stream.DisposeAsync();
    }

    private bool OnLoop(Action<LoopConnection> action)
    {
        if (!ReferenceEquals(EventLoop.CurrentOrNull, Loop))
            return Loop.TryPost(static work => work.Action(work.Connection), (Action: action, Connection: this));
        action(this);
        return true;
    }

    // From the loop's thread, so that what hears of it runs there. What fails of it is not the connection's business, which must end all the same.
    private void NoteClosed()
    {
        if (_closed.IsCancellationRequested)
            return;
        try
        {
            _closed.Cancel();
        }
        catch (AggregateException exception)
        {
            Loop.ReportUnhandled(exception);
        }
    }
}
