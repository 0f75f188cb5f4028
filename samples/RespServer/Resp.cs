using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace RespServer;

/// <summary>Answers, as RESP writes them.</summary>
public static class Resp
{
    public static void Ok(this IBufferWriter<byte> output) => output.Write("+OK\r\n"u8);

    public static void Null(this IBufferWriter<byte> output) => output.Write("$-1\r\n"u8);

    public static void NullArray(this IBufferWriter<byte> output) => output.Write("*-1\r\n"u8);

    public static void Simple(this IBufferWriter<byte> output, string text) => Line(output, (byte)'+', text);

    /// <summary>In one line, whatever it quotes of the client's: the next one would be another reply.</summary>
    public static void Error(this IBufferWriter<byte> output, string text) => Line(output, (byte)'-', text.Replace('\r', ' ').Replace('\n', ' '));

    public static void WrongCount(this IBufferWriter<byte> output, string command) => output.Error($"ERR wrong number of arguments for '{command}' command");

    public static void WrongType(this IBufferWriter<byte> output) => output.Error("WRONGTYPE Operation against a key holding the wrong kind of value");

    public static void NotAnInteger(this IBufferWriter<byte> output) => output.Error("ERR value is not an integer or out of range");

    public static void SyntaxError(this IBufferWriter<byte> output) => output.Error("ERR syntax error");

    public static void Integer(this IBufferWriter<byte> output, long value) => Number(output, (byte)':', value);

    public static void Array(this IBufferWriter<byte> output, int count) => Number(output, (byte)'*', count);

    public static void Bulk(this IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Number(output, (byte)'$', bytes.Length);
        output.Write(bytes);
        output.Write("\r\n"u8);
    }

    public static void Bulk(this IBufferWriter<byte> output, string text) => output.Bulk(Encoding.UTF8.GetBytes(text));

    public static void BulkOrNull(this IBufferWriter<byte> output, byte[]? bytes)
    {
        if (bytes is null)
            output.Null();
        else
            output.Bulk(bytes);
    }

    /// <summary>An integer in the one way to write it: no plus, no leading zeros, no blanks.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        bool isPlain = text is [(byte)'0'] or [>= (byte)'1' and <= (byte)'9', ..] or [(byte)'-', >= (byte)'1' and <= (byte)'9', ..];
        value = 0;
        return isPlain && Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;
    }

    private static void Number(IBufferWriter<byte> output, byte type, long value)
    {
        var room = output.GetSpan(24);
        room[0] = type;
        Utf8Formatter.TryFormat(value, room[1..], out int length);
        "\r\n"u8.CopyTo(room[(length + 1)..]);
        output.Advance(length + 3);
    }

    private static void Line(IBufferWriter<byte> output, byte type, string text)
    {
        output.Write([type]);
        Encoding.UTF8.GetBytes(text, output);
        output.Write("\r\n"u8);
    }
}
