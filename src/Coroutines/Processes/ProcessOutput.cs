using System.Text;

namespace Coroutines;

/// <summary>What a process that has ended returned and wrote.</summary>
/// <param name="ExitCode">What it returned; on Unix, 128 and the signal's number if a signal has ended it.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Error">What it wrote to its standard error.</param>
public sealed record ProcessOutput(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error)
{
    /// <summary>The output as UTF-8 text; what is none is replaced by U+FFFD.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>The errors as UTF-8 text; what is none is replaced by U+FFFD.</summary>
    public string ErrorText => Encoding.UTF8.GetString(Error.Span);
}
