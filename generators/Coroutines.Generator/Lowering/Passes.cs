using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;

namespace Coroutines.Generator.Lowering;

internal delegate EquatableArray<Statement> Pass(EquatableArray<Statement> body, LoweringContext context);

/// <summary>The passes, in order. Each states at its head what it needs and gives.</summary>
internal static class Passes
{
    private static readonly (string Name, Pass Run, string Why)[] s_table =
    [
        ("using", UsingLowering.Run, "first: makes tries, and values that may suspend"),
        ("foreach", ForEachLowering.Run, "before loops, which it makes; makes tries too"),
        ("switch", SwitchLowering.Run, "its sections become labels, so before the jumps of loops are final"),
        ("control flow", ControlFlowLowering.Run, "before spilling: a condition must stand where it is evaluated each time round"),
        ("catch", CatchLowering.Run, "when handlers are jumps and labels only; before finally, which encloses the catches"),
        ("finally", FinallyLowering.Run, "when every way out of a try is a jump"),
        ("await spilling", AwaitSpilling.Run, "when every expression stands at its place; short circuits branch here, because what is left of them must be spilled first"),
        ("state numbering", StateNumbering.Run, "after spilling, which orders the awaits; dense, so that the dispatch is a jump table"),
        ("try dispatch", TryDispatch.Run, "needs the states inside each try"),
        ("hoisting", VariableHoisting.Run, "last: liveness is read off the final flow, temporaries of spilling included"),
    ];

    public static IEnumerable<string> Names => s_table.Select(pass => pass.Name);

    public static LoweredBody Run(ParsedCoroutine coroutine)
    {
        var context = new LoweringContext(coroutine);
        EquatableArray<Statement> body = Steps(coroutine, context).Last().Body;
        return new(body, context.Variables.ToEquatableArray(), coroutine.Preamble, context.Labels, context.States, coroutine.Prefix);
    }

    /// <summary>The body after each pass.</summary>
    public static IEnumerable<(string Pass, EquatableArray<Statement> Body)> Steps(ParsedCoroutine coroutine, LoweringContext context)
    {
        EquatableArray<Statement> body = coroutine.Body;
        foreach (var (name, run, _) in s_table) yield return (name, body = run(body, context));
    }
}
