using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: nothing. Gives: no foreach.
/// <code>
/// foreach (x in array) body   →   a = array; for (i = 0; i &lt; a.Length; i++) { x = a[i]; body }
/// foreach (x in source) body  →   e = source.GetEnumerator(); try { while (e.MoveNext()) { x = e.Current; body } } finally { e.Dispose(); }
/// await foreach (x in source) body   →   the same with await e.MoveNextAsync() and await e.DisposeAsync()
/// await foreach (x in Stream()) body →   start s; try { while (await s.next) { x = s.element; body } } finally { await s.leave; }
/// </code>
/// </summary>
internal static class ForEachLowering
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context) =>
        new StatementRewriter(statement => statement switch
        {
            ForEach { Kind: IterationKind.Array or IterationKind.Grid } s => OverArray(s, context),
            ForEach s => OverEnumerator(s, context),
            AwaitForEach s => OverAsyncEnumerator(s),
            ReadStream s => OverStream(s),
            _ => null,
        }).Rewrite(body);

    private static IEnumerable<Statement> OverArray(ForEach s, LoweringContext context)
    {
        int source = context.Temporary(s.SourceType, "source"), index = context.Temporary(LoweringContext.Int, "index");
        var condition = new Code([Part.Variable(index), Part.Of(" < "), Part.Variable(source), Part.Of(s.Count)], s.Span);
        // The elements of a grid lie in memory in the order in which foreach visits them.
        Code element = s.Kind == IterationKind.Array
            ? new Code([Part.Variable(source), Part.Of("["), Part.Variable(index), Part.Of("]")])
            : new Code([Part.Of($"global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.As<byte, {s.EnumeratorType!.Text}>(ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference("),
                Part.Variable(source), Part.Of(")), "), Part.Variable(index), Part.Of(")")]);
        yield return new Declare(source);
        yield return new Assign(source, s.Source, s.Span);
        yield return new Loop([new Leaf(new([Part.Definition(index), Part.Of(" = 0;")]))], new Verbatim(condition), true,
            [new Leaf(new([Part.Variable(index), Part.Of("++;")]))], Body(s, element), s.Break, s.Continue);
    }

    private static IEnumerable<Statement> OverEnumerator(ForEach s, LoweringContext context)
    {
        int enumerator = context.Temporary(s.EnumeratorType!, "enumerator");
        var loop = new Loop([], new Verbatim(new([Part.Variable(enumerator), Part.Of(".MoveNext()")], s.Span)), true, [],
            Body(s, new Code([Part.Variable(enumerator), Part.Of(".Current")])), s.Break, s.Continue);
        yield return new Declare(enumerator);
        yield return new Assign(enumerator, s.Source, s.Span);
        if (s.Dispose.Length == 0) yield return loop;
        else yield return new Try([loop], [], Code.Of("{ ") + Dispose(s.Dispose, enumerator) + " }", false);
    }

    private static IEnumerable<Statement> OverAsyncEnumerator(AwaitForEach s)
    {
        Block body = Body(s.Declared, s.Element, new Code([Part.Variable(s.Enumerator), Part.Of(".Current")]), s.Body);
        var loop = new Loop([], s.MoveNext, true, [], body, s.Break, s.Continue);
        yield return new Declare(s.Enumerator);
        yield return new Assign(s.Enumerator, s.Source, s.Span);
        yield return s.Dispose is null ? loop : new HandledTry([loop], [], null, s.Dispose, false, false);
    }

    private static IEnumerable<Statement> OverStream(ReadStream s)
    {
        Block body = Body(s.Declared, s.Element, new Code([new(PartKind.Element, "", s.Stream)]), s.Body);
        yield return new Declare(s.Stream);
        yield return new Evaluate(s.Start);
        yield return new HandledTry([new Loop([], s.Next, true, [], body, s.Break, s.Continue)], [], null, new([new Evaluate(s.Leave)]), false, false);
    }

    private static Block Body(ForEach s, Code element) => Body(s.Declared, s.Element, element, s.Body);

    private static Block Body(EquatableArray<Statement> declared, Code take, Code element, Statement body) =>
        new([.. declared, new Leaf(AwaitSpilling.Substitute(take, [element])), body]);

    private static Code Dispose(string template, int enumerator)
    {
        string[] texts = template.Split(["{0}"], StringSplitOptions.None);
        Code code = texts[0];
        foreach (string text in texts.Skip(1)) code = code + Code.Variable(enumerator) + text;
        return code;
    }
}
