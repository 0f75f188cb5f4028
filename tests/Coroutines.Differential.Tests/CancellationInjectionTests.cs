using System.Globalization;
using Xunit;

namespace Coroutines.Differential;

/// <summary>Whatever a behaviour is about: cancelling it in any turn leaves the same trace on both lowerings.</summary>
public sealed class CancellationInjectionTests
{
    private const int MostTurns = 16;

    /// <summary>Where turns differ, the same turn is not the same place.</summary>
    public static TheoryData<string> Behaviours => new(BehaviourCatalog.All.Keys.Where(name => !BehaviourCatalog.Stated(name).WithoutTurns));

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void A_behaviour_that_is_cancelled_in_any_turn_leaves_the_same_trace_on_both_lowerings(string name)
    {
        int turns = Math.Min(MostTurns, TurnOf(Lowerings.Reference(name, 0, inside: false)[^1]));
        for (int turn = 1; turn <= turns + 1; turn++)
        {
            foreach (bool inside in new[] { false, true })
                Assert.Equal(Described(Lowerings.Reference(name, turn, inside), turn, inside), Described(Lowerings.Generated(name, turn, inside), turn, inside));
        }
    }

    private static IEnumerable<string> Described(IReadOnlyList<string> trace, int turn, bool inside) =>
        trace.Prepend(new Cancellation(turn, inside).ToString());

    private static int TurnOf(string line) => int.Parse(line.Split('@', ' ')[0], CultureInfo.InvariantCulture);
}
