using System.Diagnostics;

namespace Coroutines;

/// <summary>How a <see cref="LoopProcess"/> is started, and how it is ended.</summary>
public sealed class LoopProcessOptions
{
    internal static LoopProcessOptions Default { get; } = new();

    /// <summary>Where it runs; unless set, where this process does.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables that it gets in addition to, or instead of, those of this process. Null as a value takes one away.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>Whether it gets the variables of this process; true unless set.</summary>
    public bool InheritEnvironment { get; init; } = true;

    /// <summary>Whether its standard input is <see cref="LoopProcess.Input"/>; unless set, it is that of this process.</summary>
    public bool RedirectInput { get; init; }

    /// <summary>Whether its standard output is <see cref="LoopProcess.Output"/>; unless set, it is that of this process. Who redirects it must read it: a process that fills a pipe stops.</summary>
    public bool RedirectOutput { get; init; }

    /// <summary>Whether its standard error is <see cref="LoopProcess.Error"/>; unless set, it is that of this process. Who redirects it must read it: a process that fills a pipe stops.</summary>
    public bool RedirectError { get; init; }

    /// <summary>
    /// How long a process that is disposed while it runs has, in real time, to end after SIGTERM before it is killed; five seconds unless set. Zero, and everywhere but on Unix: it is killed at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan GracePeriod
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>Whether disposing kills the processes that it has started as well: then at once, as children of a process that has ended cannot be found any more. Unless set, they are left.</summary>
    public bool KillTree { get; init; }

    /// <summary>How many bytes of output, and as many of errors, <see cref="LoopProcess.Run"/> collects at most; 64 MiB unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int CaptureLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64 * 1024 * 1024;

    /// <summary>The sizes of the redirected streams.</summary>
    public ByteStreamOptions? Streams { get; init; }

    internal ProcessStartInfo StartInfo(string fileName, IEnumerable<string>? arguments, bool redirectsAll)
    {
        var info = new ProcessStartInfo(fileName, arguments ?? [])
        {
            WorkingDirectory = WorkingDirectory ?? "",
            RedirectStandardInput = redirectsAll || RedirectInput,
            RedirectStandardOutput = redirectsAll || RedirectOutput,
            RedirectStandardError = redirectsAll || RedirectError,
        };
        if (!InheritEnvironment)
            info.Environment.Clear();
        foreach (var (name, value) in Environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                info.Environment.Remove(name);
            else
                info.Environment[name] = value;
        }

        return info;
    }
}
