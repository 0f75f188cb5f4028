using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: control flow as labels and jumps, no catch clause that suspends. Gives: no finally that suspends; every way out of the
/// try notes where it was going, and the finally stands behind the try and goes on from there.
/// <code>
/// try { a; goto x; } finally { await b; }   →   try { a; leave = 3; goto f; leave = 0; } catch (Exception e) { fault = e; leave = 1; }
///                                               f: await b; if (leave == 1) throw fault; if (leave == 2) cancel; switch (leave) { case 3: goto x; }
/// </code>
/// A cancelled suspension inside is one more way out: no exception is thrown for it.
/// </summary>
internal static class FinallyLowering
{
    private const string Rethrow = "global::System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw";
    private const int Fault = 1, Cancelled = 2, FirstJump = 3;

    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement is HandledTry s ? Lower(s, context) : null).Rewrite(body);

    private static IEnumerable<Statement> Lower(HandledTry s, LoweringContext context)
    {
        int leave = context.Temporary(LoweringContext.Int, "leave"), fault = context.Temporary(VariableType.Exception, "fault");
        int entry = context.NewLabel("finally"), uncancelled = context.NewLabel("left");
        Code Leave(int way) => new([Part.Definition(leave), Part.Of($" = {way};")]);
        Code LeaveTo(int way) => Code.Of("{ ") + Leave(way) + new Code([Part.Of(" "), Part.Jump(entry), Part.Of(" }")]);

        var exits = new JumpRedirection(context, s.Body, way => LeaveTo(FirstJump + way));
        Statement[] tried = [.. exits.Redirect(s.Body), new Leaf(Leave(0))];
        string exception = context.Name("exception");
        Code caught = new Code([Part.Of($"catch (global::System.Exception {exception}) {{ "), Part.Definition(fault), Part.Of($" = {exception}; ")]) + Leave(Fault) + " }";
        yield return new Try(tried.ToEquatableArray(), [caught], null, false, OnCancelled: LeaveTo(Cancelled));
        yield return new Label(entry, "");
        foreach (Statement statement in s.SuspendingFinally!.Body) yield return statement;
        yield return new Leaf(new([Part.Of("if ("), Part.Variable(leave), Part.Of($" == {Fault}) {Rethrow}("), Part.Variable(fault), Part.Of(");")]));
        yield return new Branch(new Verbatim(new([Part.Variable(leave), Part.Of($" != {Cancelled}")])), true, uncancelled);
        yield return new Cancel();
        yield return new Label(uncancelled, "");
        if (exits.Targets.Count > 0) yield return new Leaf(Continue(leave, exits.Targets));
    }

    private static Code Continue(int leave, IReadOnlyList<int> targets)
    {
        Code code = new([Part.Of("switch ("), Part.Variable(leave), Part.Of(") { ")]);
        for (int i = 0; i < targets.Count; i++) code += new Code([Part.Of($"case {FirstJump + i}: "), Part.Jump(targets[i]), Part.Of(" ")]);
        return code + "}";
    }
}
