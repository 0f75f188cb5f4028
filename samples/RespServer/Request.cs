using System.Buffers.Text;

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
        if (!TryReadLength(bytes, ref at, (byte)'*', MostArguments, "invalid multibulk length", out int count))
            return false;
        for (int i = 0; i < count; i++)
        {
            if (!TryReadLength(bytes, ref at, (byte)'$', LongestArgument, "invalid bulk length", out int length) || bytes.Length - at < length + 2)
                return false;
            if (length < 0)
                throw new ProtocolException("invalid bulk length");
            _arguments.Add(at..(at + length));
            at += length + 2;
        }

        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int at, byte type, int most, string error, out int value)
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
        if (!Utf8Parser.TryParse(rest[1..end], out value, out int parsed) || parsed != end - 1 || value > most)
            throw new ProtocolException(error);
        at += end + 2;
        return true;
    }

    // What a person types: words between blanks, in quotes if they contain some.
    private bool TryParseInline(ReadOnlySpan<byte> bytes, ref int length)
    {
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
            return bytes.Length > LongestInline ? throw new ProtocolException("too big inline request") : false;
        length = end + 1;
        var line = bytes[..end].TrimEnd((byte)'\r');
        for (int at = 0; at < line.Length;)
        {
            if (line[at] is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }

            byte quote = line[at] is (byte)'"' or (byte)'\'' ? line[at++] : (byte)' ';
            int word = line[at..].IndexOf(quote);
            if (word < 0 && quote != ' ')
                throw new ProtocolException("unbalanced quotes in request");
            int stop = word < 0 ? line.Length : at + word;
            _arguments.Add(at..stop);
            at = stop + 1;
        }

        return true;
    }
}
