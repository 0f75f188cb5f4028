namespace Coroutines.Generator.Infrastructure;

/// <summary>
/// A result that another thread works out. The driver runs a step for one item after the other; where one step only begins the work and the next one takes the
/// results, the items are worked on by all processors. Nothing of the work is kept once it is done.
/// </summary>
internal sealed class Pending<T>
{
    private readonly Task<T> _result;
    private Func<T>? _work;

    private Pending(Func<T> work, CancellationToken cancellation)
    {
        _work = work;
        _result = Task.Run(Run, cancellation);
    }

    private Pending(T result) => _result = Task.FromResult(result);

    /// <summary>The result, waited for if need be; what the work has thrown is thrown here.</summary>
    public T Result => _result.GetAwaiter().GetResult();

    /// <param name="isConcurrent">Whether the build may use other threads; else the work is done on the spot.</param>
    public static Pending<T> Begin(Func<T> work, bool isConcurrent, CancellationToken cancellation) =>
        isConcurrent ? new(work, cancellation) : new(work());

    private T Run()
    {
        Func<T> work = _work!;
        _work = null;
        return work();
    }
}
