namespace Coroutines.Differential;

/// <summary>The behaviours on the compiler's own lowering.</summary>
public sealed class ReferenceSuite : BehaviourSuite
{
    protected override IReadOnlyList<string> Trace(string name, int cancelledTurn, bool inside) => Lowerings.Reference(name, cancelledTurn, inside);
}
