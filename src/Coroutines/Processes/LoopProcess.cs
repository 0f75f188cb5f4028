using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>A child process, its streams, and its end. Belongs to one loop; loop thread only.</summary>
/// <remarks>
/// Dispose it: with <c>await using</c> it does not outlive the block, however that is left. A child that has ended is never left as a zombie, whether or not anybody waits for it.
/// </remarks>
[DebuggerDisplay("{Id}, exited = {HasExited}")]
public sealed partial class LoopProcess : IAsyncDisposable
{
    // The runtime's timers count milliseconds in 32 bits. What is longer than these 49 days has no end here.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly EventLoop _loop;
    private readonly Process _process;
    private readonly LoopProcessOptions _options;
    private readonly LoopEvent _exited;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _exitCode;
    private bool _isDisposed;

    private LoopProcess(Process process, LoopProcessOptions options)
    {
        _loop = EventLoop.Current;
        _process = process;
        _options = options;
        _exited = new LoopEvent(_loop);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            // In this order: who waits for the task finds the exit code.
            _loop.TryPost(static self => self.NoteExit(), this);
            _ended.TrySetResult();
        };
    }

    /// <summary>Its number. The system may give it to another process once this one has ended.</summary>
    public int Id { get; private set; }

    /// <summary>Whether it has ended, and the loop has heard of it.</summary>
    public bool HasExited => _exitCode is not null;

    /// <summary>What it returned; on Unix, 128 and the signal's number if a signal has ended it.</summary>
    /// <exception cref="InvalidOperationException">It runs.</exception>
    public int ExitCode => _exitCode ?? throw new InvalidOperationException("The process has not ended. Await WaitForExit().");

    /// <summary>What it reads, if that is redirected. <see cref="ByteStream.CompleteWrites"/> ends it.</summary>
    public ByteStream? Input { get; private set; }

    /// <summary>What it writes, if that is redirected.</summary>
    public ByteStream? Output { get; private set; }

    /// <summary>What it writes to its standard error, if that is redirected.</summary>
    public ByteStream? Error { get; private set; }

    /// <summary>
    /// Starts a process. Suspends while the system does so, on another thread. Cancelled before, it starts none; cancelled meanwhile, it returns the process as usual, and the next suspension is cancelled: no process is lost.
    /// </summary>
    /// <param name="fileName">A program: a path, or a name that is looked for in <c>PATH</c>. No shell sees it.</param>
    /// <param name="arguments">Each arrives as it is; nothing need be quoted.</param>
    /// <param name="options">Where and how it runs.</param>
    /// <returns>The process, to be disposed.</returns>
    /// <exception cref="Win32Exception">There is no such program, or it cannot be run.</exception>
    /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
    [Coroutine]
    public static async Coroutine<LoopProcess> Start(string fileName, IEnumerable<string>? arguments = null, LoopProcessOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return await Start(fileName, arguments, options ?? LoopProcessOptions.Default, redirectsAll: false);
    }

    /// <summary>Waits until it has ended. Suspends unless it has. Cancelled, it stops waiting, and the process goes on. Virtual time stands still meanwhile. Several coroutines may wait.</summary>
    /// <remarks>What it has written may still be to be read. Read redirected streams before or meanwhile: a process that fills a pipe does not end.</remarks>
    /// <returns><see cref="ExitCode"/>.</returns>
    /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
    [Coroutine]
    public async Coroutine<int> WaitForExit()
    {
        _loop.VerifyAccess();
        using (_loop.WaitOutside())
            await _exited.Wait();
        return ExitCode;
    }

    /// <summary>Sends it a signal. Does not suspend. Unix.</summary>
    /// <param name="signal">One of the names, or the number of another one.</param>
    /// <returns>False if it has ended before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal.</exception>
    /// <exception cref="Win32Exception">The system refused.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no signals.</exception>
    public bool Signal(PosixSignal signal)
    {
        _loop.VerifyAccess();
        // The runtime may know of the end before the loop does, and then the number may be another's.
        return !HasExited && !_isDisposed && !_process.HasExited && ProcessSignals.TrySend(Id, signal);
    }

    /// <summary>Ends it at once, whether it likes it or not. Does not suspend; await <see cref="WaitForExit"/> for its end. Nothing happens if it has ended.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    [NonBlocking("it sends a signal")]
    public void Kill()
    {
        _loop.VerifyAccess();
        if (!HasExited && !_isDisposed)
            _process.Kill();
    }

    /// <summary>Ends it and all processes that it has started, and those that these have. Suspends while they are looked for, on another thread; once begun, it is finished even if it is cancelled.</summary>
    /// <exception cref="AggregateException">Some could not be ended.</exception>
    /// <exception cref="OperationCanceledException">The await was cancelled before.</exception>
    [Coroutine]
    public async Coroutine KillTree()
    {
        await Coroutine.Checkpoint();
        if (!HasExited && !_isDisposed)
            await Coroutine.Shield(_loop.RunInExecutor(() => _process.Kill(entireProcessTree: true)));
    }

    /// <summary>
    /// Closes the streams and, if it runs, ends the process: asks it with SIGTERM, kills it after <see cref="LoopProcessOptions.GracePeriod"/>, and waits for its end. Suspends until then, and lets no cancellation interrupt that.
    /// </summary>
    /// <returns>A cold coroutine, which <c>await using</c> awaits.</returns>
    /// <exception cref="Win32Exception">The system refused to end it. It runs on, can be waited for, and be disposed again.</exception>
    /// <exception cref="AggregateException">So it did for one of the processes that it has started (see <see cref="LoopProcessOptions.KillTree"/>).</exception>
    [Coroutine]
    public async Coroutine DisposeAsync()
    {
        if (_isDisposed)
            return;
        CloseStreams();
        using (CancelScope.Shielded())
            await End();
        // Not if it runs on: whoever waits for its end still hears of it.
        _isDisposed = true;
        _process.Dispose();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();

    [Coroutine]
    private static async Coroutine<LoopProcess> Start(string fileName, IEnumerable<string>? arguments, LoopProcessOptions options, bool redirectsAll)
    {
        await Coroutine.Checkpoint();
        var process = new Process { StartInfo = options.StartInfo(fileName, arguments, redirectsAll) };
        var started = new LoopProcess(process, options);
        try
        {
            await Coroutine.Shield(started._loop.RunInExecutor(static process => process.Start(), process));
        }
        catch
        {
            process.Dispose();
            throw;
        }

        started.Id = process.Id;
        started.OpenStreams();
        return started;
    }

    [Coroutine]
    private async Coroutine End()
    {
        if (_options.GracePeriod > TimeSpan.Zero && !_options.KillTree && !OperatingSystem.IsWindows() && Signal(PosixSignal.SIGTERM))
            await _loop.EndOf(ExitOrEndOfGrace());
        if (_options.KillTree)
            await KillTree();
        else
            Kill();
        await WaitForExit();
    }

    // On the system's clock: a virtual one stands still meanwhile. Not with tasks of the loop, as a loop that ends cancels them.
    private Task ExitOrEndOfGrace() => _options.GracePeriod > s_longestTimer ? _ended.Task : Task.WhenAny(_ended.Task, Task.Delay(_options.GracePeriod));

    private void NoteExit()
    {
        if (_isDisposed)
            return;
        _exitCode = _process.ExitCode;
        _exited.Set();
    }

    private void OpenStreams()
    {
        var info = _process.StartInfo;
        if (info.RedirectStandardInput)
            Input = PipeStream.OpenPrivate(_process.StandardInput.BaseStream, FileAccess.Write, _options.Streams);
        if (info.RedirectStandardOutput)
            Output = PipeStream.OpenPrivate(_process.StandardOutput.BaseStream, FileAccess.Read, _options.Streams);
        if (info.RedirectStandardError)
            Error = PipeStream.OpenPrivate(_process.StandardError.BaseStream, FileAccess.Read, _options.Streams);
    }

    private void CloseStreams()
    {
        Input?.Abort();
        Output?.Abort();
        Error?.Abort();
    }
}
