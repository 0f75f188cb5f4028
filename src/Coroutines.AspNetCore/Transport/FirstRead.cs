using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Coroutines.AspNetCore;

/// <summary>The reader of a pipe, which tells when it is first waited for.</summary>
/// <remarks>
/// Not when a read is first begun: who begins it on another thread may come to wait only after the bytes, and would then go on on that thread, not on the loop. So the first read is a source of its own, which hears of who waits.
/// </remarks>
/// <param name="reader">The reader.</param>
/// <param name="waitedFor">Called once, when what the waiter goes on with is known.</param>
internal sealed class FirstRead(PipeReader reader, Action waitedFor) : PipeReader, IValueTaskSource<ReadResult>
{
    private ValueTask<ReadResult> _first;
    private bool _isWaitedFor;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = reader.ReadAsync(cancellationToken);
        if (_isWaitedFor || read.IsCompleted)
            return read;
        _first = read;
        return new ValueTask<ReadResult>(this, 0);
    }

    public override bool TryRead(out ReadResult result) => reader.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => reader.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => reader.CancelPendingRead();

    public override void Complete(Exception? exception = null) => reader.Complete(exception);

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _first.GetAwaiter().GetResult();

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _first switch
    {
        { IsCompleted: false } => ValueTaskSourceStatus.Pending,
        { IsCompletedSuccessfully: true } => ValueTaskSourceStatus.Succeeded,
        { IsCanceled: true } => ValueTaskSourceStatus.Canceled,
        _ => ValueTaskSourceStatus.Faulted,
    };

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // Before anybody can go on: a read that is given up is followed by the next one at once.
        _isWaitedFor = true;
        var awaiter = _first.ConfigureAwait(flags.HasFlag(ValueTaskSourceOnCompletedFlags.UseSchedulingContext)).GetAwaiter();
        if (flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext))
            awaiter.OnCompleted(() => continuation(state));
        else
            awaiter.UnsafeOnCompleted(() => continuation(state));
        waitedFor();
    }
}
