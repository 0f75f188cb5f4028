using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>Builds a <see cref="Coroutine{T}"/> from the compiler's lowering of an async method. Not meant to be used in user code.</summary>
/// <typeparam name="T">The result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CoroutineMethodBuilder<T>
{
    private ReferenceTask<T> _task;

    /// <inheritdoc cref="CoroutineMethodBuilder.Task" />
    public readonly Coroutine<T> Task => new(_task, _task.Version);

    /// <inheritdoc cref="CoroutineMethodBuilder.Create" />
    public static CoroutineMethodBuilder<T> Create() => default;

    /// <inheritdoc cref="CoroutineMethodBuilder.Start" />
    public void Start<[DynamicallyAccessedMembers(StreamAwaiters.Fields)] TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine =>
        StateMachineTask<TStateMachine, T>.Adopt(ref stateMachine, ref _task);

    /// <inheritdoc cref="CoroutineMethodBuilder.SetStateMachine" />
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>The body returned.</summary>
    /// <param name="result">What it returned.</param>
    public readonly void SetResult(T result) => _task.SetResult(result);

    /// <inheritdoc cref="CoroutineMethodBuilder.SetException" />
    public readonly void SetException(Exception exception) => _task.SetException(exception);

    /// <inheritdoc cref="CoroutineMethodBuilder.AwaitOnCompleted" />
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        ReferenceTask<T>.Await(ref awaiter);

    /// <inheritdoc cref="CoroutineMethodBuilder.AwaitOnCompleted" />
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        ReferenceTask<T>.AwaitUnsafe(ref awaiter);
}
