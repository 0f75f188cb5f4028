using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Awaiting a cold coroutine, other than from generated code.</summary>
internal static class ColdAwaiter
{
    /// <summary>
    /// Always false, as a cold coroutine has not run. Checks here what must not be found out later: the continuation's registration may not throw.
    /// </summary>
    public static bool IsCompleted(LoopTask body, int version)
    {
        _ = EventLoop.Current;
        body.VerifyCold(version);
        return false;
    }

    public static void OnCompleted<TResult>(LoopTask<TResult> body, int version, Action continuation)
    {
        var loop = EventLoop.Current;
        body.Consume(version);
        if (ReferenceEquals(continuation, LoopAwaiters.Marker))
        {
            // The compiler's lowering of another coroutine: the callee runs in place, in the same task and turn.
            loop.AwaitedChild = body;
            return;
        }

        // Ordinary async code has no task to run it in, so it gets one.
        ArgumentNullException.ThrowIfNull(continuation);
        body.Spawn(loop, name: null);
        ContinuationTask.Of(loop, continuation).WaitFor(body);
    }

    [StackTraceHidden]
    public static TResult GetResult<TResult>(LoopTask<TResult> body, int version) =>
        (body.Bits & TaskBits.Spawned) != 0 || !body.Is(version) ? body.TakeOutcome(version) : body.TakeChildOutcome(version);
}
