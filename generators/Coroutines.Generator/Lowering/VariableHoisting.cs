using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: the final flow. Gives: which variables are fields of the frame. Parameters always are, because the caller writes them
/// there; of the others only those alive across a suspension.
/// <code>int a = f(); await g(a); int b = h(); use(b);   →   both stay locals; a used after the await: a field</code>
/// </summary>
internal static class VariableHoisting
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context)
    {
        HashSet<int> alive = LivenessAnalysis.AliveAcrossSuspensions(body, context.Variables);
        for (int i = 0; i < context.Variables.Count; i++)
        {
            Variable variable = context.Variables[i];
            if (variable.Kind != VariableKind.Parameter && !alive.Contains(variable.Id)) continue;
            if (variable.Type.IsRefLike || variable.Ref.Length > 0) throw new RefusedException(Refusals.Variable, variable.Name, null);
            context.Variables[i] = variable with { IsHoisted = true };
        }
        return body;
    }
}
