using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A coroutine that has been called but has not started: await it to run it in place, or spawn it to run it as a task of its own.
/// </summary>
/// <remarks>
/// Cold: calling the method evaluates the arguments and runs nothing. Consumed once: a second await or spawn throws
/// <see cref="InvalidOperationException"/>. It may be made anywhere; it is awaited or spawned on a loop's thread.
/// </remarks>
/// <typeparam name="T">The result.</typeparam>
[AsyncMethodBuilder(typeof(CoroutineMethodBuilder<>))]
public readonly partial struct Coroutine<T> : ILoopAwaitable<T>
{
    private readonly LoopTask<T>? _body;
    private readonly int _version;

    internal Coroutine(LoopTask<T> body, int version)
    {
        _body = body;
        _version = version;
    }

    /// <summary>Used by <c>await</c>: in a coroutine the callee runs in place; in ordinary async code on a loop it is spawned.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(Body, _version);

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of(Consume());

    Coroutine ILoopAwaitable<T>.AsCoroutine(Action<T> result) => AwaitFrame.Of(Consume(), result);

    /// <summary>Takes the coroutine for running: used by generated code.</summary>
    /// <returns>The coroutine's object.</returns>
    /// <exception cref="InvalidOperationException">It has been awaited or spawned before.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LoopTask<T> Consume()
    {
        var body = Body;
        body.Consume(_version);
        return body;
    }

    /// <summary>
    /// Spawns the coroutine on the loop that runs on this thread and returns a <see cref="Task{TResult}"/> for its outcome. Does not suspend.
    /// Cancelling the coroutine's task makes the result a cancelled one.
    /// </summary>
    /// <returns>A task that any thread may await.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread, or the coroutine has been used before.</exception>
    public Task<T> AsTask() => EventLoop.Current.Spawn(this).AsTask();

    /// <inheritdoc cref="AsTask" />
    public ValueTask<T> AsValueTask() => new(AsTask());

    private LoopTask<T> Body => _body ?? throw new InvalidOperationException(
        "This is default(Coroutine<T>), not a coroutine. Call a coroutine method to get one.");

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : IMarkedAwaiter
    {
        private readonly LoopTask<T> _body;
        private readonly int _version;

        internal Awaiter(LoopTask<T> body, int version)
        {
            _body = body;
            _version = version;
        }

        /// <summary>Takes the coroutine for running: used by generated code that awaits what lends this awaiter.</summary>
        /// <returns>The coroutine's object.</returns>
        /// <exception cref="InvalidOperationException">It has been awaited or spawned before.</exception>
        public LoopTask<T> Consume()
        {
            _body.Consume(_version);
            return _body;
        }

        /// <summary>Always false: a cold coroutine has not run.</summary>
        /// <exception cref="InvalidOperationException">No loop runs on this thread, or the coroutine has been awaited or spawned before.</exception>
        public bool IsCompleted => ColdAwaiter.IsCompleted(_body, _version);

        /// <summary>Ends the await.</summary>
        /// <returns>The result.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        [StackTraceHidden]
        public T GetResult() => ColdAwaiter.GetResult(_body, _version);

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => ColdAwaiter.OnCompleted(_body, _version, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => ColdAwaiter.OnCompleted(_body, _version, continuation);
    }
}
