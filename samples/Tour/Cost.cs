namespace Tour;

/// <summary>What something cost.</summary>
/// <param name="Wall">Time on the clock on the wall.</param>
/// <param name="Cpu">Processor time of the whole process, the JIT compiler's included.</param>
/// <param name="Bytes">What the thread that measured allocated.</param>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Cpu, long Bytes)
{
    /// <summary>What has not been measured: slower than everything that has.</summary>
    public static readonly Cost Unknown = new(TimeSpan.MaxValue, TimeSpan.Zero, 0);

    public Cost OrFaster(Cost other) => other.Wall < Wall ? other : this;
}
