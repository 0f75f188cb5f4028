extern alias reference;

using System.Reflection;

namespace Coroutines.Differential;

/// <summary>Runs a behaviour in the assembly that was compiled without the generator, or in this one.</summary>
internal static class Lowerings
{
    private static readonly Assembly s_reference = typeof(reference::Coroutines.Differential.Run).Assembly;

    public static IReadOnlyList<string> Reference(string name, int cancelledTurn, bool inside)
    {
        var here = BehaviourCatalog.All[name];
        var there = s_reference.GetType(here.DeclaringType!.FullName!)!.GetMethod(here.Name)!;
        return reference::Coroutines.Differential.Run.ToEnd(
            trace => reference::Coroutines.Differential.Root.Create(there, trace), new(cancelledTurn, inside));
    }

    public static IReadOnlyList<string> Generated(string name, int cancelledTurn, bool inside, ReferenceWatch? watch = null)
    {
        var method = BehaviourCatalog.All[name];
        return Run.ToEnd(trace => Root.Create(method, trace), new(cancelledTurn, inside), watch);
    }
}
