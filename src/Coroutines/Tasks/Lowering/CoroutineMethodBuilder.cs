using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>Builds a <see cref="Coroutine"/> from the compiler's lowering of an async method. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CoroutineMethodBuilder
{
    private ReferenceTask<Unit> _task;

    /// <summary>The coroutine, cold.</summary>
    public readonly Coroutine Task => new(_task, _task.Version);

    /// <summary>Makes a builder.</summary>
    /// <returns>An empty builder; <see cref="Start"/> fills it.</returns>
    public static CoroutineMethodBuilder Create() => default;

    /// <summary>Moves the state machine into a pooled object. Runs nothing: coroutines are cold.</summary>
    /// <typeparam name="TStateMachine">The compiler's state machine.</typeparam>
    /// <param name="stateMachine">The state machine that contains this builder.</param>
    public void Start<[DynamicallyAccessedMembers(StreamAwaiters.Fields)] TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine =>
        StateMachineTask<TStateMachine, Unit>.Adopt(ref stateMachine, ref _task);

    /// <summary>Does nothing: this builder never boxes.</summary>
    /// <param name="stateMachine">Not used.</param>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>The body ran to its end.</summary>
    public readonly void SetResult() => _task.SetResult(default);

    /// <summary>An exception left the body.</summary>
    /// <param name="exception">The exception.</param>
    public readonly void SetException(Exception exception) => _task.SetException(exception);

    /// <summary>Suspends on an awaiter.</summary>
    /// <typeparam name="TAwaiter">The awaiter's type.</typeparam>
    /// <typeparam name="TStateMachine">The compiler's state machine.</typeparam>
    /// <param name="awaiter">An awaiter that is not completed.</param>
    /// <param name="stateMachine">Not used: it lies in the pooled object.</param>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        ReferenceTask<Unit>.Await(ref awaiter);

    /// <inheritdoc cref="AwaitOnCompleted" />
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        ReferenceTask<Unit>.AwaitUnsafe(ref awaiter);
}
