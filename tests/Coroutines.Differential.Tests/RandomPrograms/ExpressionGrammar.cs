namespace Coroutines.Differential.RandomPrograms;

/// <summary>Expressions whose operands tell the trace when they are evaluated, with awaits in every position.</summary>
/// <param name="random">The program's source of choices.</param>
/// <param name="method">The number of the method in which the expression stands: it calls later ones, and itself with a smaller argument.</param>
internal sealed partial class ExpressionGrammar(Random random, int method, ProgramShape shape)
{
    private const int MostCalls = 4;

    private int _operands;
    private int _calls;
    private bool _interpolated;

    /// <summary>Writes one operand of the form that is being written.</summary>
    private delegate string Operand();

    /// <param name="captures">The method has functions that share its variables; then expressions may have, too.</param>
    public string Value(int depth, bool mayAwait, bool captures = false)
    {
        if (depth == 0)
            return Leaf();
        string Next() => Value(depth - 1, mayAwait, captures);
        string Ask() => Condition(1, mayAwait);
        if (captures && random.Next(8) == 0)
            return $"P.Apply(v => v + a, {Next()})";
        return mayAwait && random.Next(2) == 0 ? Awaiting(Next, Ask) : Plain(Next, Ask);
    }

    public string Condition(int depth, bool mayAwait)
    {
        if (depth == 0)
            return $"P.Ask(t, {Id()}, {Truth()})";
        string Next() => Condition(depth - 1, mayAwait);
        return random.Next(mayAwait ? 7 : 5) switch
        {
            0 => $"({Value(1, mayAwait)} > {Value(1, mayAwait)})",
            1 => $"({Next()} && {Next()})",
            2 => $"({Next()} || {Next()})",
            3 => $"!{Next()}",
            5 => $"(await P.Is(t, {Truth()}))",
            6 => $"(await P.Is(t, {Truth()}) && {Next()})",
            _ => Next(),
        };
    }

    /// <summary>A call of a coroutine with a result: cold, to be awaited, kept or spawned.</summary>
    public string Call()
    {
        if (method > 0 && !shape.IsStream(method) && !_interpolated && random.Next(6) == 0)
            return $"(n > 0 ? {shape.Call(method, "n - 1")} : P.Later(t, {Id()}))";
        int callee = random.Next(method + 1, shape.Count + 1);
        return callee < shape.Count && !shape.IsStream(callee) ? shape.Call(callee, $"({Leaf()}) & 3") : $"P.Later(t, {Leaf()})";
    }

    /// <summary>A stream to read: one of the program's if there is a later one.</summary>
    public string Stream()
    {
        int[] streams = [.. Enumerable.Range(method + 1, shape.Count - method - 1).Where(shape.IsStream)];
        return streams.Length > 0 ? shape.Call(streams[random.Next(streams.Length)], $"({Leaf()}) & 3") : $"P.Stream(t, {random.Next(1, 4)})";
    }

    private string Leaf() => random.Next(7) switch
    {
        0 => "a",
        1 => "b",
        2 => "n",
        3 => "c",
        4 => $"P.Say(t, \"op\", {Id()})",
        5 => $"(a += {Id()})",
        _ => $"{random.Next(10)}",
    };

    private string Truth() => random.Next(4) switch { 0 => "a > b", 1 => "false", _ => "true" };

    private int Id() => ++_operands;
}
