using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A coroutine that runs in a scope of its own, by hand what a generated frame would be: so that a cancellation that ends here makes no exception.</summary>
internal struct ScopedCall<T>
{
    /// <summary>What the scope is opened with.</summary>
    public enum Kind
    {
        Plain,
        After,
        At,
        Shield,
    }

    private readonly Kind _kind;
    private readonly TimeSpan _time;
    private readonly bool _isScopeShared;
    private LoopTask<T>? _body;
    private CancelScope? _scope;

    public ScopedCall(LoopTask<T> body, Kind kind, TimeSpan time = default)
    {
        _body = body;
        _kind = kind;
        _time = time;
    }

    /// <summary>A call with a time limit, which comes first: a body is not to be used up by a limit that is refused.</summary>
    public static ScopedCall<T> After(TimeSpan timeout, LoopTask<T> body) => new(body, Kind.After, timeout);

    /// <summary>A call whose body needs the scope.</summary>
    public ScopedCall(CancelScope scope, LoopTask<T> body)
    {
        _scope = scope;
        _body = body;
        _isScopeShared = true;
    }

    /// <summary>The scope, once the call has begun.</summary>
    public readonly CancelScope Scope => _scope!;

    /// <summary>Starts or resumes the body.</summary>
    /// <param name="task">The running task.</param>
    /// <param name="isAbsorbed">Whether a cancelled body was cancelled by the scope, so that the cancellation ends here.</param>
    /// <param name="result">The result of a completed body.</param>
    public Step Advance(LoopTask task, out bool isAbsorbed, out T? result)
    {
        isAbsorbed = false;
        result = default;
        var scope = _scope ??= Open(task);
        Step step;
        try
        {
            step = _body!.MoveNext(task);
        }
        catch (OperationCanceledException) when (scope.IsCancelled)
        {
            // The compiler's lowering reports by an exception what a generated frame reports by its step; so does foreign code that was given the token.
            step = Step.Cancelled;
        }
        catch
        {
            scope.Leave();
            _body = null;
            throw;
        }

        if (step == Step.Pending)
            return step;
        scope.Leave();
        bool endsHere = scope.IsCancelled && (task.Bits & TaskBits.CancelRequested) == 0;
        if (!_isScopeShared)
            ScopeDeadline.ReturnScope(scope, task.Loop!);
        isAbsorbed = step == Step.Cancelled && endsHere;
        if (step == Step.Completed)
            result = _body!.TakeResult(task);
        else
            _body!.Discard(task);
        _body = null;
        return step;
    }

    /// <summary>Says where the body is.</summary>
    public readonly void Describe(CallChain chain) => chain.Add(_body);

    private readonly CancelScope Open(LoopTask task)
    {
        var scope = ScopeDeadline.RentScope(task);
        if (_kind == Kind.After)
            scope.Arm(task.Loop!.DeadlineAfter(_time));
        else if (_kind == Kind.At)
            scope.Arm(_time.Ticks);
        else if (_kind == Kind.Shield)
            scope.IsShielded = true;
        return scope;
    }
}
