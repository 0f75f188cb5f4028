namespace Coroutines;

/// <summary>Calls to the file system, which block, on other threads.</summary>
/// <remarks>
/// They are short, and half of one is of no use to anybody. So a call that was handed over is waited for, however the task is cancelled meanwhile, and its result is returned: nothing goes on behind the caller's back, no memory is
/// written later, nothing is lost. The next suspension is cancelled.
/// </remarks>
internal static partial class FileCall
{
    [Coroutine]
    public static async Coroutine<TResult> Run<TState, TResult>(Func<TState, TResult> call, TState state)
    {
        await Coroutine.Checkpoint();
        return await Coroutine.Shield(EventLoop.Current.RunInExecutor(call, state));
    }

    [Coroutine]
    public static async Coroutine Run<TState>(Action<TState> call, TState state)
    {
        await Coroutine.Checkpoint();
        await Coroutine.Shield(EventLoop.Current.RunInExecutor(
            static work =>
            {
                work.Call(work.State);
                return true;
            },
            (Call: call, State: state)));
    }
}
