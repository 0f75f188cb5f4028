using Xunit;

namespace Coroutines.Differential;

/// <summary>Every behaviour leaves the trace stated beside it. Derived once for each lowering.</summary>
public abstract class BehaviourSuite
{
    public static TheoryData<string> Behaviours => new(BehaviourCatalog.All.Keys);

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void A_behaviour_leaves_the_trace_stated_beside_it(string name)
    {
        var stated = BehaviourCatalog.Stated(name);
        var trace = Trace(name, stated.CancelBeforeTurn, inside: false);
        Assert.Equal(stated.Trace, stated.WithoutTurns ? trace.Select(WithoutTurn) : trace);
    }

    private static string WithoutTurn(string line) => line.IndexOf('@', StringComparison.Ordinal) is var at and >= 0 && at < line.IndexOf(' ', StringComparison.Ordinal)
        ? line[at..]
        : line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>Runs a behaviour on the lowering under test.</summary>
    /// <param name="name">As <see cref="BehaviourCatalog.NameOf"/> gives it.</param>
    /// <param name="cancelledTurn">In which turn the root is cancelled; 0 for never.</param>
    /// <param name="inside">Cancelled inside that turn, not before it.</param>
    protected abstract IReadOnlyList<string> Trace(string name, int cancelledTurn, bool inside);
}
