using System.IO.Pipelines;

namespace Coroutines;

/// <summary>A <see cref="ByteStream"/> for code that knows only pipes.</summary>
internal sealed partial class PipeOverBytes : IDuplexPipe
{
    private int _openEnds = 2;

    public PipeOverBytes(ByteStream bytes, bool leaveOpen)
    {
        Input = PipeReader.Create(leaveOpen ? new StreamOverBytes(bytes, leaveOpen: true) : new OneEnd(this, bytes, isWriter: false));
        Output = PipeWriter.Create(leaveOpen ? new StreamOverBytes(bytes, leaveOpen: true) : new OneEnd(this, bytes, isWriter: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Whether that was the last one, and the stream is to be closed.</summary>
    private bool EndOne() => Interlocked.Decrement(ref _openEnds) == 0;

    /// <summary>Closes the stream with the second of its ends; the first to end tells the peer that nothing more will come, if it is the one that writes.</summary>
    private sealed partial class OneEnd(PipeOverBytes pipe, ByteStream bytes, bool isWriter) : StreamOverBytes(bytes, leaveOpen: false)
    {
        [Coroutine]
        private protected override async Coroutine End()
        {
            if (pipe.EndOne())
                await Bytes.DisposeAsync();
            else if (isWriter)
                await Bytes.CompleteWrites();
        }
    }
}
