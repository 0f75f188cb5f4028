using Xunit;

namespace Coroutines.Differential;

/// <summary>The behaviours on the generated lowering.</summary>
public sealed class GeneratedSuite : BehaviourSuite
{
    /// <summary>Coroutines the generator leaves to the compiler.</summary>
    private static readonly string[] s_refused = [];

    /// <summary>Coroutines that behaviours call in a way that reaches the compiler's lowering by design: as a method group, through a virtual or an interface call.</summary>
    private static readonly string[] s_calledIndirectly = ["ByHand", "ByMethodGroup", "Virtual"];

    [Fact]
    public void Every_coroutine_of_the_behaviours_has_a_generated_frame()
    {
        var refused = ReferenceWatch.Coroutines(typeof(GeneratedSuite).Assembly)
            .GroupBy(method => (Type: method.DeclaringType!, method.Name))
            .Where(overloads => Root.Frames(overloads.Key.Type, overloads.Key.Name) < overloads.Count())
            .Select(overloads => overloads.Key.Name);
        Assert.True(s_refused.Order().SequenceEqual(refused.Order()), string.Join('\n', refused));
    }

    [Fact]
    public void Behaviours_run_in_their_generated_frames_and_not_in_the_compilers_state_machines()
    {
        var watch = new ReferenceWatch(typeof(GeneratedSuite).Assembly);
        foreach (string name in BehaviourCatalog.All.Keys)
            Lowerings.Generated(name, BehaviourCatalog.Stated(name).CancelBeforeTurn, inside: false, watch);
        Assert.True(s_refused.Concat(s_calledIndirectly).SequenceEqual(watch.Seen), string.Join('\n', watch.Seen));
    }

    protected override IReadOnlyList<string> Trace(string name, int cancelledTurn, bool inside) => Lowerings.Generated(name, cancelledTurn, inside);
}
