using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>Signals to other processes.</summary>
internal static partial class ProcessSignals
{
    private const int NoSuchProcess = 3;

    // SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGCHLD, SIGCONT, SIGWINCH, SIGTTIN, SIGTTOU, SIGTSTP.
    private static readonly int[] s_linux = [1, 2, 3, 15, 17, 18, 28, 21, 22, 20];
    private static readonly int[] s_bsd = [1, 2, 3, 15, 20, 19, 28, 21, 22, 18];

    /// <summary>False if there is no such process.</summary>
    public static bool TrySend(int process, PosixSignal signal)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no signals. Use Kill().");
        if (Kill(process, NumberOf(signal)) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    // By the number that the enumeration gives them, as the names of some are not for all systems. What is above zero is the system's number already.
    private static int NumberOf(PosixSignal signal)
    {
        if (signal > 0)
            return (int)signal;
        ReadOnlySpan<int> numbers = OperatingSystem.IsLinux() ? s_linux : s_bsd;
        return signal < 0 && (int)signal >= -numbers.Length ? numbers[-(int)signal - 1] : throw new ArgumentOutOfRangeException(nameof(signal), signal, "There is no such signal.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
