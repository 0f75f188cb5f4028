namespace Coroutines.Benchmarks.Bars;

/// <summary>A bar: a promise about one case, stated as a ratio inside one run or as a plain limit.</summary>
internal abstract record Bar(string Case)
{
    /// <summary>What was seen, for reading: "3.1 times faster than task".</summary>
    public abstract string? Describe(Figures figures);

    public abstract bool Reached(Figures figures);

    /// <summary>The bar itself, for reading.</summary>
    public abstract string Wanted { get; }
}

/// <summary>At least <paramref name="Times"/> times as fast as <paramref name="Peer"/>. Below 1 it says how much slower is allowed.</summary>
internal sealed record FasterThan(string Case, double Times, string Peer) : Bar(Case)
{
    public override string Wanted => $">= {Times:0.##} x {Peer}";

    public override string? Describe(Figures figures) => Ratio(figures) is { } ratio ? $"{ratio:0.00} x {Peer}" : null;

    public override bool Reached(Figures figures) => Ratio(figures) >= Times;

    private double? Ratio(Figures figures) =>
        figures.Nanoseconds(Case, Peer) / figures.Nanoseconds(Case, BarTable.Measured);
}

/// <summary>At most <paramref name="Times"/> times the time of <paramref name="Peer"/>.</summary>
internal sealed record AtMostTimes(string Case, double Times, string Peer, string? OfCase = null) : Bar(Case)
{
    private string Of => OfCase ?? Case;

    public override string Wanted => $"<= {Times:0.##} x the time of {(OfCase is null ? Peer : Of)}";

    public override string? Describe(Figures figures) => Ratio(figures) is { } ratio ? $"{ratio:0.00} x the time" : null;

    public override bool Reached(Figures figures) => Ratio(figures) <= Times;

    private double? Ratio(Figures figures) =>
        figures.Nanoseconds(Case, BarTable.Measured) / figures.Nanoseconds(Of, Peer);
}

internal sealed record AtMostNanoseconds(string Case, double Limit) : Bar(Case)
{
    public override string Wanted => $"<= {Limit:0.##} ns";

    public override string? Describe(Figures figures) => figures.Nanoseconds(Case, BarTable.Measured) is { } seen ? $"{seen:0.00} ns" : null;

    public override bool Reached(Figures figures) => figures.Nanoseconds(Case, BarTable.Measured) <= Limit;
}

internal sealed record AtMostBytes(string Case, double Limit, string Contender = BarTable.Measured) : Bar(Case)
{
    // Two digits are printed; a few hundred bytes that a round of a million operations sets up are not a byte per operation.
    private const double Rounding = 0.05;

    public override string Wanted => $"<= {Limit:0.##} B ({Contender})";

    public override string? Describe(Figures figures) => figures.Bytes(Case, Contender) is { } seen ? $"{seen:0.00} B" : null;

    public override bool Reached(Figures figures) => figures.Bytes(Case, Contender) <= Limit + Rounding;
}
