namespace Coroutines;

/// <summary>One call that runs on a thread of the pool while a coroutine waits for it.</summary>
/// <remarks>Made and awaited on the loop's thread, run on another one; <see cref="_state"/> says who goes first when the wait is given up.</remarks>
internal sealed class ExecutorWork<TState, TResult>
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int GivenUp = 2;

    private readonly EventLoop _loop;
    private readonly Func<TState, TResult> _call;
    private readonly TState _argument;
    private int _state;

    public ExecutorWork(EventLoop loop, Func<TState, TResult> call, TState argument)
    {
        _loop = loop;
        _call = call;
        _argument = argument;
        Result = new Future<TResult>(loop);
    }

    public Future<TResult> Result { get; }

    /// <summary>The coroutine waits no longer: work that has not started never does. What has started goes on; its exception would be reported.</summary>
    public void GiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting);

    /// <summary>On a thread of the pool.</summary>
    public void Run()
    {
        if (Interlocked.CompareExchange(ref _state, Started, Waiting) != Waiting)
        {
            _loop.Post(static self => self._loop.EndExecutorWork(), this);
            return;
        }

        try
        {
            var result = _call(_argument);
            _loop.Post(static end => end.Work.End(end.Result), (Work: this, Result: result));
        }
        catch (Exception exception)
        {
            _loop.Post(static end => end.Work.Fail(end.Exception), (Work: this, Exception: exception));
        }
    }

    private void End(TResult result)
    {
        _loop.EndExecutorWork();
        Result.TrySetResult(result);
    }

    private void Fail(Exception exception)
    {
        _loop.EndExecutorWork();
        Result.TrySetException(exception);
    }
}
