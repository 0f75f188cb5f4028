using System.Globalization;

namespace Coroutines;

/// <summary>The standard input, output and error of this process, as streams of the running loop.</summary>
/// <remarks>
/// <para>On Linux a pipe or a terminal is opened anew, for this process alone: making the inherited descriptor non-blocking would make it so for the shell and every other process that shares it, and break those that do not
/// expect it. An inherited socket stays as it is, too; single calls on it do not block. What cannot be waited for (a file, <c>/dev/null</c>, a terminal of somebody else) is read and written on other threads, as everything
/// is on other systems.</para>
/// <para>Disposing a stream leaves the descriptor of the process open. Use one stream of each kind at a time: what it has read ahead is its own. Do not mix the input with <see cref="Console.In"/>, nor expect an order
/// between the output and <see cref="Console.Out"/>.</para>
/// </remarks>
public static class StandardStreams
{
    /// <summary>Opens the standard input. Does not suspend; loop thread only.</summary>
    /// <param name="options">The stream's sizes.</param>
    /// <returns>The stream, to be disposed.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static PipeStream OpenInput(ByteStreamOptions? options = null) =>
        OpenInherited(0, FileAccess.Read, options) ?? new ThreadedPipe(Console.OpenStandardInput(), FileAccess.Read, options);

    /// <summary>Opens the standard output. Does not suspend; loop thread only. Dispose it, or <see cref="ByteStream.Flush"/> it, before the loop ends: what is unsent then is lost.</summary>
    /// <inheritdoc cref="OpenInput" />
    public static PipeStream OpenOutput(ByteStreamOptions? options = null) =>
        OpenInherited(1, FileAccess.Write, options) ?? new ThreadedPipe(Console.OpenStandardOutput(), FileAccess.Write, options);

    /// <summary>Opens the standard error. Does not suspend; loop thread only. Dispose it, or <see cref="ByteStream.Flush"/> it, before the loop ends: what is unsent then is lost.</summary>
    /// <inheritdoc cref="OpenInput" />
    public static PipeStream OpenError(ByteStreamOptions? options = null) =>
        OpenInherited(2, FileAccess.Write, options) ?? new ThreadedPipe(Console.OpenStandardError(), FileAccess.Write, options);

    /// <summary>A stream of its own on an inherited descriptor, or null if it cannot be waited for.</summary>
    internal static PipeStream? OpenInherited(int number, FileAccess access, ByteStreamOptions? options)
    {
        var loop = EventLoop.Current;
        if (!loop.WatchesDescriptors)
            return null;
        using var inherited = new BorrowedDescriptor(number);
        switch (Libc.TypeOf(inherited))
        {
            case Libc.FileType.Socket:
                return new DescriptorPipe(Libc.Duplicate(number), access, options) { IsSocket = true };
            case Libc.FileType.Pipe or Libc.FileType.CharacterDevice:
                var own = Libc.OpenNonBlocking(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{number}"), access);
                return own is not null && IsWatchable(loop, own) ? new DescriptorPipe(own, access, options) : null;
            default:
                return null;
        }
    }

    // Some devices, /dev/null for one, are always ready and cannot be waited for.
    private static bool IsWatchable(EventLoop loop, DescriptorHandle own)
    {
        try
        {
            loop.Reactor.Claim(own, ReadinessKind.Read);
            return true;
        }
        catch (NotSupportedException)
        {
            own.Dispose();
            return false;
        }
    }
}
