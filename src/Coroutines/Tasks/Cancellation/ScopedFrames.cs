using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A call whose scope absorbs its own cancellation and says whether the body finished.</summary>
internal struct MoveOnFrame : ICoroutineFrame<MoveOnFrame, bool>
{
    public ScopedCall<Unit> Call;
    private bool _isFinished;

    public static Step MoveNext(ref MoveOnFrame frame, LoopTask task)
    {
        var step = frame.Call.Advance(task, out bool isAbsorbed, out _);
        frame._isFinished = step == Step.Completed;
        return isAbsorbed ? Step.Completed : step;
    }

    public static bool TakeResult(ref MoveOnFrame frame) => frame._isFinished;

    public static void Describe(ref MoveOnFrame frame, CallChain chain) => frame.Call.Describe(chain);
}

/// <inheritdoc cref="MoveOnFrame" />
internal struct MoveOnFrame<T> : ICoroutineFrame<MoveOnFrame<T>, (bool Finished, T? Result)>
{
    public ScopedCall<T> Call;
    private (bool Finished, T? Result) _result;

    public static Step MoveNext(ref MoveOnFrame<T> frame, LoopTask task)
    {
        var step = frame.Call.Advance(task, out bool isAbsorbed, out var result);
        frame._result = (step == Step.Completed, result);
        return isAbsorbed ? Step.Completed : step;
    }

    public static void Describe(ref MoveOnFrame<T> frame, CallChain chain) => frame.Call.Describe(chain);

    public static (bool Finished, T? Result) TakeResult(ref MoveOnFrame<T> frame)
    {
        var result = frame._result;
        frame._result = default;
        return result;
    }
}

/// <summary>A call whose scope throws if it cancelled the body.</summary>
internal struct ThrowingFrame<T> : ICoroutineFrame<ThrowingFrame<T>, T>
{
    public ScopedCall<T> Call;
    private T? _result;

    public static Step MoveNext(ref ThrowingFrame<T> frame, LoopTask task)
    {
        var step = frame.Call.Advance(task, out bool isAbsorbed, out frame._result);
        return isAbsorbed ? throw frame.Call.Scope.CreateException() : step;
    }

    public static void Describe(ref ThrowingFrame<T> frame, CallChain chain) => frame.Call.Describe(chain);

    public static T TakeResult(ref ThrowingFrame<T> frame)
    {
        var result = frame._result!;
        frame._result = default;
        return result;
    }
}

/// <summary>A call whose body is made with the scope.</summary>
internal struct ScopeRunFrame : ICoroutineFrame<ScopeRunFrame, bool>
{
    public Func<CancelScope, Coroutine>? Factory;
    private MoveOnFrame _inner;

    public static Step MoveNext(ref ScopeRunFrame frame, LoopTask task)
    {
        if (frame.Factory is { } factory)
        {
            frame.Factory = null;
            var scope = CancelScope.OpenIn(task);
            try
            {
                frame._inner.Call = new ScopedCall<Unit>(scope, factory(scope).Consume());
            }
            catch
            {
                scope.Leave();
                throw;
            }
        }

        return MoveOnFrame.MoveNext(ref frame._inner, task);
    }

    public static bool TakeResult(ref ScopeRunFrame frame) => MoveOnFrame.TakeResult(ref frame._inner);

    public static void Describe(ref ScopeRunFrame frame, CallChain chain) => MoveOnFrame.Describe(ref frame._inner, chain);
}
