using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Coroutines;

/// <summary>How a coroutine ended, with its result or its exception: what combinators tell that let others go on.</summary>
/// <typeparam name="T">The result.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Outcome<T> : IEquatable<Outcome<T>>
{
    private readonly T? _result;
    private readonly ExceptionDispatchInfo? _fault;

    internal Outcome(T result)
    {
        Status = CoroutineStatus.RanToCompletion;
        _result = result;
    }

    internal Outcome(Exception exception)
    {
        Status = exception is OperationCanceledException ? CoroutineStatus.Cancelled : CoroutineStatus.Faulted;
        _fault = ExceptionDispatchInfo.Capture(exception);
    }

    /// <summary>Of a coroutine that was cancelled before anything else could be said of it.</summary>
    internal static Outcome<T> OfCancelled => new(new OperationCanceledException("The coroutine was cancelled."));

    /// <summary>How it ended; <see cref="CoroutineStatus.Running"/> if it has not.</summary>
    public CoroutineStatus Status { get; }

    /// <summary>Whether there is a result.</summary>
    public bool HasResult => Status == CoroutineStatus.RanToCompletion;

    /// <summary>The result.</summary>
    /// <exception cref="OperationCanceledException">The coroutine was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The coroutine has not ended. Where it failed, its exception is thrown.</exception>
    public T Result
    {
        get
        {
            _fault?.Throw();
            return HasResult ? _result! : throw new InvalidOperationException("The coroutine has not ended, so there is no result.");
        }
    }

    /// <summary>The exception of a coroutine that failed or was cancelled, or null.</summary>
    public Exception? Exception => _fault?.SourceException;

    /// <inheritdoc />
    public bool Equals(Outcome<T> other) =>
        Status == other.Status && EqualityComparer<T?>.Default.Equals(_result, other._result) && ReferenceEquals(Exception, other.Exception);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Outcome<T> other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Status, _result, Exception);

    /// <summary>Whether both ended alike.</summary>
    /// <param name="left">One outcome.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(Outcome<T> left, Outcome<T> right) => left.Equals(right);

    /// <summary>Whether they ended differently.</summary>
    /// <param name="left">One outcome.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(Outcome<T> left, Outcome<T> right) => !left.Equals(right);

    /// <inheritdoc />
    public override string ToString() => Status switch
    {
        CoroutineStatus.RanToCompletion => $"{_result}",
        CoroutineStatus.Faulted => $"{Exception!.GetType().Name}: {Exception.Message}",
        _ => Status.ToString(),
    };
}
