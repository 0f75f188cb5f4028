namespace Coroutines;

// Foreign cancellation tokens, in and out.
public sealed partial class CancelScope
{
    private CancellationTokenRegistration _registration;

    /// <summary>
    /// A token for foreign code that the running task calls, in a stream the one that reads it: cancelled once a suspension of the task would be. Made on first use and again after a cancelled scope was left.
    /// </summary>
    /// <remarks>
    /// A scope whose cancellation ends foreign code that the task waits for has cancelled something: the block form throws <see cref="TimeoutException"/> when its deadline has passed. Of a token that was cancelled before the
    /// foreign code was called the scope hears nothing: then what that code throws goes on, an <see cref="OperationCanceledException"/> as a rule.
    /// </remarks>
    /// <exception cref="InvalidOperationException">No coroutine runs here.</exception>
    public static CancellationToken CurrentToken => LoopAwaiters.ReadingTask.CancellationToken;

    private void LinkTo(CancellationToken token) => _registration = token.UnsafeRegister(
        static scope =>
        {
            var self = (CancelScope)scope!;
            if (ReferenceEquals(EventLoop.CurrentOrNull, self._loop))
                self.Cancel("its token was cancelled");
            else
                // Of a loop that has ended, the scope has been left.
                self._loop.TryPostUntyped(static scope => ((CancelScope)scope!).Cancel("its token was cancelled"), self);
        },
        this);

    private void Unlink() => _registration.Unregister();
}
