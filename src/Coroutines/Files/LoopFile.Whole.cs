using System.Text;

namespace Coroutines;

// Whole files.
public sealed partial class LoopFile
{
    /// <summary>Reads a file. Suspends meanwhile.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>All of it.</returns>
    [Coroutine]
    public static async Coroutine<byte[]> ReadAllBytes(string path) => await FileCall.Run(File.ReadAllBytes, path);

    /// <summary>Reads a file of text. Suspends meanwhile.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="encoding">UTF-8, unless given or the file says otherwise.</param>
    /// <returns>All of it.</returns>
    [Coroutine]
    public static async Coroutine<string> ReadAllText(string path, Encoding? encoding = null) =>
        await FileCall.Run(static read => File.ReadAllText(read.path, read.Encoding), (path, Encoding: encoding ?? Encoding.UTF8));

    /// <summary>Reads the lines of a file. Suspends meanwhile.</summary>
    /// <inheritdoc cref="ReadAllText" path="param" />
    /// <returns>All of them.</returns>
    [Coroutine]
    public static async Coroutine<string[]> ReadAllLines(string path, Encoding? encoding = null) =>
        await FileCall.Run(static read => File.ReadAllLines(read.path, read.Encoding), (path, Encoding: encoding ?? Encoding.UTF8));

    /// <summary>The lines of a file of UTF-8 text, read as they are asked for. Suspends between them; cancelled with the coroutine that reads.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="limit">The most bytes that a line may have, with its end; 65,536 unless given.</param>
    /// <returns>To be read with <c>await foreach</c>.</returns>
    /// <exception cref="InvalidDataException">A line is longer than <paramref name="limit"/>, or is not UTF-8.</exception>
    [Coroutine]
    public static async IAsyncEnumerable<string> ReadLines(string path, int limit = 64 * 1024)
    {
        await using var stream = await OpenStream(path, streamOptions: s_sequential);
        while (await stream.ReadLine(limit) is { } line)
            yield return line;
    }

    /// <summary>Writes a file, in place of one that there may be. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    /// <param name="bytes">They must not change meanwhile.</param>
    [Coroutine]
    public static async Coroutine WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) =>
        await FileCall.Run(static write => File.WriteAllBytes(write.path, write.bytes.Span), (path, bytes));

    /// <summary>Writes a file of text, in place of one that there may be. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="encoding">UTF-8 without a mark, unless given.</param>
    [Coroutine]
    public static async Coroutine WriteAllText(string path, string? text, Encoding? encoding = null) =>
        await FileCall.Run(static write => File.WriteAllText(write.path, write.text, write.Encoding), (path, text, Encoding: encoding ?? s_unmarked));

    /// <summary>Writes lines to a file, in place of one that there may be. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    /// <param name="lines">Enumerated on another thread.</param>
    /// <param name="encoding">UTF-8 without a mark, unless given.</param>
    [Coroutine]
    public static async Coroutine WriteAllLines(string path, IEnumerable<string> lines, Encoding? encoding = null) =>
        await FileCall.Run(static write => File.WriteAllLines(write.path, write.lines, write.Encoding), (path, lines, Encoding: encoding ?? s_unmarked));

    /// <summary>Adds bytes to the end of a file, which is made if there is none. Suspends meanwhile.</summary>
    /// <inheritdoc cref="WriteAllBytes" path="param" />
    [Coroutine]
    public static async Coroutine AppendAllBytes(string path, ReadOnlyMemory<byte> bytes) =>
        await FileCall.Run(static write => File.AppendAllBytes(write.path, write.bytes.Span), (path, bytes));

    /// <summary>Adds text to the end of a file, which is made if there is none. Suspends meanwhile.</summary>
    /// <inheritdoc cref="WriteAllText" path="param" />
    [Coroutine]
    public static async Coroutine AppendAllText(string path, string? text, Encoding? encoding = null) =>
        await FileCall.Run(static write => File.AppendAllText(write.path, write.text, write.Encoding), (path, text, Encoding: encoding ?? s_unmarked));

    /// <summary>Adds lines to the end of a file, which is made if there is none. Suspends meanwhile.</summary>
    /// <inheritdoc cref="WriteAllLines" path="param" />
    [Coroutine]
    public static async Coroutine AppendAllLines(string path, IEnumerable<string> lines, Encoding? encoding = null) =>
        await FileCall.Run(static write => File.AppendAllLines(write.path, write.lines, write.Encoding), (path, lines, Encoding: encoding ?? s_unmarked));

    // A call to another thread costs microseconds: fewer, larger ones than a socket's.
    private static readonly ByteStreamOptions s_sequential = new() { ReadSize = 64 * 1024 };

    private static readonly UTF8Encoding s_unmarked = new(encoderShouldEmitUTF8Identifier: false);
}
