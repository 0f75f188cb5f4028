using System.Buffers;

namespace Coroutines;

// The whole life of a process in one call.
public sealed partial class LoopProcess
{
    /// <summary>
    /// Runs a process to its end and collects what it writes, while it is given what it reads: no pipe that is full stops anybody. Suspends until it has ended and closed its output. Cancelled, it ends the process as
    /// <see cref="DisposeAsync"/> does.
    /// </summary>
    /// <param name="fileName">A program: a path, or a name that is looked for in <c>PATH</c>. No shell sees it.</param>
    /// <param name="arguments">Each arrives as it is; nothing need be quoted.</param>
    /// <param name="input">What it can read; it need not read it all. Must not change meanwhile.</param>
    /// <param name="options">Where and how it runs; its streams are redirected in any case.</param>
    /// <returns>How it ended, and what it wrote. No code is an error here.</returns>
    /// <exception cref="InvalidDataException">It wrote more than <see cref="LoopProcessOptions.CaptureLimit"/>, and was ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program, or it cannot be run.</exception>
    /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
    [Coroutine]
    public static async Coroutine<ProcessOutput> Run(string fileName, IEnumerable<string>? arguments = null, ReadOnlyMemory<byte> input = default, LoopProcessOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        options ??= LoopProcessOptions.Default;
        await using var process = await Start(fileName, arguments, options, redirectsAll: true);
        var output = new ArrayBufferWriter<byte>();
        var error = new ArrayBufferWriter<byte>();
        bool isComplete = true;
        await TaskGroup.Run(group =>
        {
            group.Spawn(Feed(process.Input!, input));
            group.Spawn(Collect(process.Output!, output, group));
            group.Spawn(Collect(process.Error!, error, group));
            return Wait(process);
        });
        if (!isComplete)
            throw new InvalidDataException($"'{fileName}' has written more than {options.CaptureLimit} bytes. Allow more with LoopProcessOptions.CaptureLimit, or read its streams as they come.");
        return new ProcessOutput(process.ExitCode, output.WrittenMemory, error.WrittenMemory);

        [Coroutine]
        async Coroutine Collect(ByteStream stream, ArrayBufferWriter<byte> collected, TaskGroup group)
        {
            while (await stream.Fill())
            {
                if (stream.Buffered.Length > options.CaptureLimit - collected.WrittenCount)
                {
                    isComplete = false;
                    group.Cancel();
                    return;
                }

                collected.Write(stream.Buffered);
                stream.Consume(stream.Buffered.Length);
            }
        }
    }

    // A process may end, or close its input, without having read it all.
    [Coroutine]
    private static async Coroutine Feed(ByteStream stream, ReadOnlyMemory<byte> input)
    {
        try
        {
            await stream.Write(input);
            await stream.CompleteWrites();
        }
        catch (IOException)
        {
        }
    }

    [Coroutine]
    private static async Coroutine Wait(LoopProcess process) => await process.WaitForExit();
}
