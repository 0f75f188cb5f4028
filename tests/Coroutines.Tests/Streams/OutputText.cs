using System.Buffers;
using System.Text;

namespace Coroutines.Tests.Streams;

internal static class OutputText
{
    public static void WriteLine(this IBufferWriter<byte> output, string line)
    {
        Encoding.UTF8.GetBytes(line, output);
        output.Write("\n"u8);
    }
}
