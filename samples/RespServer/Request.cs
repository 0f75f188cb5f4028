namespace RespServer;

/// <summary>The client has sent something that is not RESP.</summary>
public sealed class ProtocolException(string message) : Exception(message);

/// <summary>A command and its arguments, where they lie in the connection's buffer. Used again for each request.</summary>
public sealed class Request
{
    private const int MostArguments = 1024 * 1024, LongestArgument = 512 * 1024 * 1024, LongestInline = 64 * 1024;

    private readonly List<Range> _arguments = [];
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>How many there are, with the command's name.</summary>
    public int Count => _arguments.Count;

    public ReadOnlySpan<byte> this[int index] => _bytes.Span[_arguments[index]];

    /// <summary>Takes the request at the front of <paramref name="bytes"/>, if all of it has arrived.</summary>
    /// <param name="length">Its length in bytes.</param>
    public bool TryParse(ReadOnlyMemory<byte> bytes, out int length)
    {
        _bytes = bytes;
        _arguments.Clear();
        var span = bytes.Span;
        length = 0;
        if (span.IsEmpty)
            return false;
        return span[0] == '*' ? TryParseArray(span, ref length) : TryParseInline(span, ref length);
    }

    private bool TryParseArray(ReadOnlySpan<byte> bytes, ref int at)
    {
        // None, or less, is a request for nothing.
        if (!TryReadLength(bytes, ref at, (byte)'*', int.MinValue, MostArguments, "invalid multibulk length", out int count))
            return false;
        for (int i = 0; i < count; i++)
        {
            if (!TryReadLength(bytes, ref at, (byte)'$', 0, LongestArgument, "invalid bulk length", out int length) || bytes.Length - at < length + 2)
                return false;
            _arguments.Add(at..(at + length));
            at += length + 2;
        }

        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int at, byte type, int least, int most, string error, out int value)
    {
        value = 0;
        var rest = bytes[at..];
        if (rest.IsEmpty)
            return false;
        if (rest[0] != type)
            throw new ProtocolException($"expected '{(char)type}', got '{(char)rest[0]}'");
        int end = rest.IndexOf("\r\n"u8);
        if (end < 0)
            return rest.Length > 32 ? throw new ProtocolException(error) : false;
        if (!Resp.TryParse(rest[1..end], out long given) || given < least || given > most)
            throw new ProtocolException(error);
        value = (int)given;
        at += end + 2;
        return true;
    }

    // What a person types. The words lie in an array of their own, as quotes and what they stand for are no part of them.
    private bool TryParseInline(ReadOnlySpan<byte> bytes, ref int length)
    {
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
            return bytes.Length > LongestInline ? throw new ProtocolException("too big inline request") : false;
        length = end + 1;
        byte[] words = new byte[end];
        _bytes = words;
        return InlineWords.TrySplit(bytes[..end], words, _arguments) ? true : throw new ProtocolException("unbalanced quotes in request");
    }
}
