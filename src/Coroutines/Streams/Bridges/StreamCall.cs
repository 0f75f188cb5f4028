using System.Threading.Tasks.Sources;

namespace Coroutines;

/// <summary>
/// One direction of a <see cref="StreamOverBytes"/>: its present call, made by ordinary async code, from beginning to answer. Used again for the next call, so that calls allocate nothing.
/// </summary>
/// <remarks>
/// The answer is given in a step of its own. Code that goes on with <c>ConfigureAwait(false)</c> finds no <see cref="SynchronizationContext"/> there: otherwise the tasks it completes would let their awaiters go on in
/// the thread pool.
/// </remarks>
internal abstract partial class StreamCall(EventLoop loop) : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private CoroutineTask _task;
    private Exception? _failure;
    private int _result;
    private bool _isUnderWay;
    private bool _wantsContext;

    /// <summary>What the coroutine does, on the loop's thread.</summary>
    protected abstract Coroutine<int> Operate();

    /// <summary>Claims this direction. Any thread.</summary>
    /// <exception cref="InvalidOperationException">A call is under way.</exception>
    protected void Claim()
    {
        if (Interlocked.Exchange(ref _isUnderWay, true))
            throw new InvalidOperationException("A stream does one call in each direction at a time: await the one that is under way first.");
    }

    /// <summary>Gives up a claim for which nothing was started.</summary>
    protected void Release() => Volatile.Write(ref _isUnderWay, false);

    /// <summary>Begins the call that was claimed. Any thread.</summary>
    protected short Start(CancellationToken token)
    {
        _core.Reset();
        _token = token;
        short version = _core.Version;
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
        {
            Begin();
        }
        else if (!loop.TryPostUntyped(static call => ((StreamCall)call!).Begin(), this))
        {
            Release();
            throw new ObjectDisposedException(typeof(EventLoop).FullName);
        }

        return version;
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // The answer is given on the loop anyway: who wants to be there need not be posted once more.
        if (SynchronizationContext.Current is LoopSynchronizationContext context && context.MayBeCalledOn(loop) && _core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            _wantsContext = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0;
            flags &= ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext;
        }

        _core.OnCompleted(continuation, state, token, flags);
    }

    private void Begin()
    {
        _task = loop.Spawn(Carry());
        if (_token.CanBeCanceled)
            _registration = _token.UnsafeRegister(static call => ((StreamCall)call!).CancelFromAnyThread(), this);
    }

    [Coroutine]
    private async Coroutine Carry()
    {
        try
        {
            _result = await Operate();
        }
        catch (Exception exception)
        {
            // Told to who called, a cancellation too: nobody awaits this task.
            _failure = exception;
        }
        finally
        {
            loop.CallSoon(static call => call.Answer(), this);
        }
    }

    private void CancelFromAnyThread()
    {
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
            _task.Cancel();
        else
            // The registration is waited for before the next call begins, so this is the call that is meant, unless it ends before this arrives.
            loop.TryPost(static late => late.Call.CancelIf(late.Version), (Call: this, _core.Version));
    }

    private void CancelIf(short version)
    {
        if (_core.Version == version && _isUnderWay)
            _task.Cancel();
    }

    private void Answer()
    {
        _registration.Dispose();
        _registration = default;
        _task = default;
        if (_failure is OperationCanceledException && _token.IsCancellationRequested)
            _failure = new OperationCanceledException(_token);
        _token = default;
        Release();
        if (_wantsContext)
            Complete();
        else
            ContextFree.Call(static call => call.Complete(), this);
    }

    // What is completed may begin the next call before this returns.
    private void Complete()
    {
        _wantsContext = false;
        var failure = _failure;
        _failure = null;
        if (failure is null)
            _core.SetResult(_result);
        else
            _core.SetException(failure);
    }
}
