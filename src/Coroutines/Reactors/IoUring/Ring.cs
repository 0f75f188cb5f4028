using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>One io_uring: its two queues, and the calls. Loop thread only.</summary>
/// <remarks>
/// We own the tail of the submissions and the head of the completions, the kernel the other two. A queue index is masked only where it is used, so that full and empty differ.
/// Where the kernel can, it belongs to the thread that made it (<see cref="IsOfOtherThread"/>), and nothing is done for it until that thread asks for completions: measured over loopback with 256 connections, that is 7 % of
/// a round trip, as nobody is interrupted and everything is done at once.
/// </remarks>
internal sealed unsafe class Ring : IDisposable
{
    /// <summary>The usual length of the submissions' queue.</summary>
    public const uint DefaultEntries = 1024;

    private const uint NeededFeatures = RingCalls.SingleMapping | RingCalls.NothingDropped | RingCalls.WidePolls | RingCalls.Timeouts;

    private const string Prefix = "io_uring is not used: ";

    private readonly DescriptorHandle _handle;

    // Null if any thread may use it. Not the thread's number, which another one gets when it has ended.
    private readonly Thread? _thread;
    private readonly nuint _queuesSize;
    private readonly nuint _submissionsSize;
    private readonly byte* _queues;
    private readonly RingSubmission* _submissions;
    private readonly RingCompletion* _completions;
    private readonly uint* _submissionHead;
    private readonly uint* _submissionTail;
    private readonly uint* _submissionFlags;
    private readonly uint* _completionHead;
    private readonly uint* _completionTail;
    private readonly uint _submissionMask;
    private readonly uint _completionMask;

    // Ours, in front of what the kernel has been shown.
    private uint _tail;
    private uint _unsubmitted;

    private Ring(DescriptorHandle handle, in RingParameters parameters)
    {
        _handle = handle;
        _thread = (parameters.Flags & RingCalls.OneThread) != 0 ? Thread.CurrentThread : null;
        ref readonly var submissions = ref parameters.Submissions;
        ref readonly var completions = ref parameters.Completions;
        _queuesSize = Math.Max(submissions.Array + parameters.SubmissionEntries * sizeof(uint), completions.Items + parameters.CompletionEntries * (uint)sizeof(RingCompletion));
        _submissionsSize = parameters.SubmissionEntries * (uint)sizeof(RingSubmission);
        _queues = Map(_queuesSize, RingCalls.CompletionQueueOffset);
        _submissions = (RingSubmission*)Map(_submissionsSize, RingCalls.SubmissionsOffset);
        _completions = (RingCompletion*)(_queues + completions.Items);
        _submissionHead = (uint*)(_queues + submissions.Head);
        _submissionTail = (uint*)(_queues + submissions.Tail);
        _submissionFlags = (uint*)(_queues + submissions.Flags);
        _completionHead = (uint*)(_queues + completions.Head);
        _completionTail = (uint*)(_queues + completions.Tail);
        _submissionMask = *(uint*)(_queues + submissions.Mask);
        _completionMask = *(uint*)(_queues + completions.Mask);
        _tail = *_submissionTail;
        // Submissions are used in their order.
        uint* order = (uint*)(_queues + submissions.Array);
        for (uint i = 0; i < parameters.SubmissionEntries; i++)
            order[i] = i;
    }

    /// <summary>How many submissions can be added before the kernel must take some.</summary>
    public uint Room => _submissionMask + 1 - (_tail - Volatile.Read(ref *_submissionHead));

    /// <summary>Whether there are completions to be taken.</summary>
    public bool HasCompletions => *_completionHead != Volatile.Read(ref *_completionTail);

    /// <summary>Whether <see cref="Enter"/> would do more than wait: something was added, or completions can be had by asking for them only.</summary>
    public bool NeedsCall => _unsubmitted != 0 || (Volatile.Read(ref *_submissionFlags) & RingCalls.NeedsCall) != 0;

    /// <summary>Whether it belongs to one thread, and does nothing unless that asks.</summary>
    public bool IsForOneThread => _thread is not null;

    /// <summary>Whether it belongs to a thread that is not this one: then only <see cref="TryTake"/> and <see cref="Dispose"/> are of use.</summary>
    public bool IsOfOtherThread => _thread is { } thread && thread != Thread.CurrentThread;

    /// <summary>Makes one, or says why there is none.</summary>
    /// <param name="entries">The length of the submissions' queue, a power of two.</param>
    /// <param name="reason">A sentence for people, if there is none.</param>
    /// <param name="forOneThread">Whether it may be one for this thread only.</param>
    public static Ring? TryCreate(uint entries, out string? reason, bool forOneThread = true)
    {
        var parameters = new RingParameters { Flags = forOneThread ? RingCalls.OneThread : 0 };
        int descriptor = RingCalls.Setup(entries, &parameters);
        if (descriptor == -Libc.EInval && forOneThread)
            return TryCreate(entries, out reason, forOneThread: false);
        if (descriptor < 0)
        {
            reason = Prefix + Explain(-descriptor);
            return null;
        }

        var handle = new DescriptorHandle(descriptor);
        if ((parameters.Features & NeededFeatures) != NeededFeatures)
        {
            handle.Dispose();
            reason = Prefix + $"the kernel's is too old (features {parameters.Features:x}; Linux 5.11 has all that are needed).";
            return null;
        }

        reason = null;
        return new Ring(handle, parameters);
    }

    /// <summary>A submission to be filled in; it goes to the kernel with the next <see cref="Enter"/>.</summary>
    public ref RingSubmission Add()
    {
        if (Room == 0)
            Enter(0);
        if (Room == 0)
            throw new IOException("io_uring takes no more submissions.");
        ref var submission = ref _submissions[_tail & _submissionMask];
        submission = default;
        _tail++;
        _unsubmitted++;
        return ref submission;
    }

    /// <summary>Submits what was added, and waits for a completion as <see cref="IReactor.Poll"/> does.</summary>
    public void Enter(long timeoutTicks)
    {
        var timeout = KernelTime.FromTicks(timeoutTicks);
        var wait = new RingWait { Timeout = timeoutTicks < 0 ? 0 : (ulong)&timeout };
        Volatile.Write(ref *_submissionTail, _tail);
        int submitted = RingCalls.Enter(_handle.Number, _unsubmitted, timeoutTicks == 0 ? 0u : 1u, &wait);
        // The time is up, a signal came, or completions must be taken first: whoever asked looks at them and asks again.
        if (submitted >= 0)
            _unsubmitted -= (uint)submitted;
        else if (submitted is not (-Libc.ETime or -Libc.EIntr or -Libc.EBusy or -Libc.EAgain))
            throw Libc.Failure("io_uring_enter", -submitted);
    }

    /// <summary>Offers the kernel a group of buffers. False if it knows none.</summary>
    public bool TryRegister(BufferRingRegistration registration) => RingCalls.TryRegister(_handle.Number, &registration);

    public bool TryTake(out RingCompletion completion)
    {
        uint head = *_completionHead;
        if (head == Volatile.Read(ref *_completionTail))
        {
            completion = default;
            return false;
        }

        completion = _completions[head & _completionMask];
        Volatile.Write(ref *_completionHead, head + 1);
        return true;
    }

    /// <summary>When all completions have been taken: has the kernel put more there, which it has kept because the queue was full.</summary>
    /// <remarks>Left to the next call that waits they would be lost if that comes from another thread, whose ring is another one, or never.</remarks>
    /// <returns>Whether there are any.</returns>
    public bool TryRefill()
    {
        if ((Volatile.Read(ref *_submissionFlags) & RingCalls.KeepsCompletions) == 0 || IsOfOtherThread)
            return false;
        Enter(0);
        return HasCompletions;
    }

    public void Dispose()
    {
        if (_handle.IsClosed)
            return;
        _handle.Dispose();
        _ = RingCalls.Unmap(_queues, _queuesSize);
        _ = RingCalls.Unmap((byte*)_submissions, _submissionsSize);
    }

    private static string Explain(int errno) => errno switch
    {
        Libc.ENoSys => "the kernel has none (it came with Linux 5.1), or a sandbox hides it.",
        Libc.EPerm => "the system forbids it (see the sysctl kernel.io_uring_disabled, and the seccomp profile of a container).",
        Libc.ENoMem => "there is no memory for it (before Linux 5.12 it counts against ulimit -l).",
        _ => $"io_uring_setup failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).",
    };

    private byte* Map(nuint size, long offset)
    {
        byte* memory = RingCalls.Map(_handle.Number, size, offset);
        return memory != (byte*)-1 ? memory : throw Libc.Failure("mmap", Marshal.GetLastPInvokeError());
    }
}
