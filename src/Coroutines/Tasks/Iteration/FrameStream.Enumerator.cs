using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Coroutines.CompilerServices;

// Read through the interfaces, by whatever code. Each call is a pull: it runs the stream up to its next yield, first in the call itself, then, once it has suspended, as a node of the loop.
public sealed partial class FrameStream<TFrame, T> : IAsyncEnumerator<T>, IValueTaskSource<bool>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _answer;
    private CancellationTokenSource? _linked;
    private T? _current;
    private bool _isPulled;
    private bool _isEnded;

    /// <inheritdoc />
    public T Current => _current!;

    /// <summary>A fresh run with the arguments of the call that made the stream. Runs nothing.</summary>
    /// <param name="cancellationToken">Joined with the token argument, if the stream has one that takes it.</param>
    /// <returns>The enumerator; loop thread only.</returns>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var run = new FrameStream<TFrame, T> { Frame = Frame };
        ref var own = ref TFrame.TokenOf(ref run.Frame);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref own) && cancellationToken != default && own != cancellationToken)
        {
            if (own != default)
                cancellationToken = (run._linked = CancellationTokenSource.CreateLinkedTokenSource(own, cancellationToken)).Token;
            own = cancellationToken;
        }

        return run;
    }

    /// <summary>Runs the stream up to its next element.</summary>
    /// <returns>Whether there is one. Await it before the next call.</returns>
    /// <exception cref="InvalidOperationException">The call before has not been answered.</exception>
    public ValueTask<bool> MoveNextAsync()
    {
        VerifyIdle();
        if (_isEnded)
            return new ValueTask<bool>(false);
        try
        {
            var step = Pull();
            if (step == Step.Pending)
                return new ValueTask<bool>(this, _answer.Version);
            Note(step);
            return step == Step.Cancelled ? ValueTask.FromException<bool>(CreateCancellation()) : new ValueTask<bool>(step == Step.Yielded);
        }
        catch (Exception exception)
        {
            Note(Step.Completed);
            return ValueTask.FromException<bool>(exception);
        }
    }

    /// <summary>Leaves the stream: its <c>finally</c> blocks run.</summary>
    /// <returns>When they have.</returns>
    /// <exception cref="InvalidOperationException">The call before has not been answered.</exception>
    public ValueTask DisposeAsync()
    {
        VerifyIdle();
        if (_isEnded || !TFrame.BeginDispose(ref Frame))
        {
            Note(Step.Completed);
            return default;
        }

        try
        {
            var step = Pull();
            if (step == Step.Pending)
                return new ValueTask(this, _answer.Version);
            Note(step);
            return step == Step.Cancelled ? ValueTask.FromException(CreateCancellation()) : default;
        }
        catch (Exception exception)
        {
            Note(Step.Completed);
            return ValueTask.FromException(exception);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _answer.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _answer.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, token, flags);

    [StackTraceHidden]
    internal override void Run()
    {
        if ((Bits & TaskBits.OwnContext) != 0)
            EnterContext();
        Step step;
        try
        {
            step = TFrame.MoveNext(ref Frame, this);
        }
        catch (Exception exception)
        {
            Note(Step.Completed);
            _answer.SetException(exception);
            return;
        }

        if (step == Step.Pending)
            return;
        Note(step);
        if (step == Step.Cancelled)
            _answer.SetException(CreateCancellation());
        else
            _answer.SetResult(step == Step.Yielded);
    }

    // A task is woken from any thread, so nothing need bring the continuation back to the loop first.
    private void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (state is Action { Target: LoopTask })
            flags &= ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext;
        _answer.OnCompleted(continuation, state, token, flags);
    }

    /// <summary>Runs the stream inside the caller's step, as the task whose step it is, and without letting it change the caller's execution context.</summary>
    [StackTraceHidden]
    private Step Pull()
    {
        var loop = EventLoop.Current;
        Loop = loop;
        _answer.Reset();
        _isPulled = true;
        BeginPull(loop.LogicalTask);
        Bits |= TaskBits.Spawned;
        if (loop.Ready.RunningNode is not { } caller)
        {
            loop.Ready.Enqueue(this);
            return Step.Pending;
        }

        var context = ExecutionContext.Capture();
        loop.Ready.ReplaceFirst(this);
        try
        {
            var step = TFrame.MoveNext(ref Frame, this);
            if (step == Step.Pending && loop.IsContextChanged)
                KeepContext();
            return step;
        }
        finally
        {
            loop.Ready.ReplaceFirst(caller);
            if (context is not null && !ReferenceEquals(context, ExecutionContext.Capture()))
                ExecutionContext.Restore(context);
        }
    }

    /// <summary>The pull is over: from here on the reader runs, and it is not this task's step any more.</summary>
    private void Note(Step step)
    {
        _isPulled = false;
        Bits &= ~TaskBits.Spawned;
        EndPull();
        _current = step == Step.Yielded ? TFrame.TakeResult(ref Frame) : default;
        if (step == Step.Yielded)
            return;
        _isEnded = true;
        Frame = default;
        _linked?.Dispose();
        _linked = null;
    }

    private void VerifyIdle()
    {
        if (_isPulled)
            throw new InvalidOperationException("The stream is still looking for its next element: await MoveNextAsync before calling MoveNextAsync or DisposeAsync again.");
    }
}
