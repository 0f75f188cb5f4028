namespace Coroutines;

/// <summary>A <see cref="LoopBarrier"/> was broken or reset, so its phase will not complete.</summary>
public sealed class BrokenBarrierException : Exception
{
    /// <summary>Makes the exception.</summary>
    public BrokenBarrierException()
        : this("The barrier is broken.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    public BrokenBarrierException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What led to it.</param>
    public BrokenBarrierException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
