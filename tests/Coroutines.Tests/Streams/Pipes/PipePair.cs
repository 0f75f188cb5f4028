using System.IO.Pipes;

namespace Coroutines.Tests.Streams.Pipes;

/// <summary>How a pipe is read and written.</summary>
public enum PipeKind
{
    /// <summary>By calls on the loop's thread that do not block.</summary>
    Descriptor,

    /// <summary>By calls on other threads, as where descriptors cannot be waited for.</summary>
    Threaded,
}

/// <summary>Both ends of a pipe, in one loop.</summary>
internal sealed class PipePair : IDisposable
{
    public PipePair(PipeKind kind, ByteStreamOptions? options = null)
    {
        if (kind == PipeKind.Descriptor)
        {
            (Reader, Writer) = PipeStream.CreatePair(options);
            return;
        }

        var near = new AnonymousPipeServerStream(PipeDirection.In);
        var far = new AnonymousPipeClientStream(PipeDirection.Out, near.ClientSafePipeHandle);
        Reader = new ThreadedPipe(near, FileAccess.Read, options);
        Writer = new ThreadedPipe(far, FileAccess.Write, options);
    }

    public PipeStream Reader { get; }

    public PipeStream Writer { get; }

    public void Dispose()
    {
        // The writer first: where a thread reads, it then ends.
        Writer.Abort();
        Reader.Abort();
    }
}
