namespace Coroutines.Differential.RandomPrograms;

/// <summary>Expressions whose operands tell the trace when they are evaluated, with awaits in every position.</summary>
/// <param name="random">The program's source of choices.</param>
/// <param name="method">The number of the method in which the expression stands: it calls later ones, and itself with a smaller argument.</param>
/// <param name="methods">How many methods there are.</param>
internal sealed class ExpressionGrammar(Random random, int method, int methods)
{
    private int _operands;
    private int _calls;

    /// <summary>Coroutines are static, or belong to a class or to a struct, by their number.</summary>
    public static string ContainerOf(int method) => (method % 4) switch
    {
        2 => "private sealed partial class Object",
        3 => "private partial struct Value",
        _ => "",
    };

    public static string HeaderOf(int method) => (method % 4) switch
    {
        2 => $"public async Coroutine<int> M{method}(Trace t, int n)",
        3 => $"public async Coroutine<int> M{method}(Trace t, int n)",
        _ => $"private static async Coroutine<int> M{method}(Trace t, int n)",
    };

    public string Value(int depth, bool mayAwait)
    {
        if (depth == 0)
            return Leaf();
        string Next() => Value(depth - 1, mayAwait);
        switch (random.Next(mayAwait ? 23 : 9))
        {
            case 0: return Leaf();
            case 1: return $"({Next()} + {Next()})";
            case 2: return $"({Next()} - {Next()})";
            case 3: return $"P.F({Next()}, {Next()}, {Next()})";
            case 4: return $"({Condition(1, mayAwait)} ? {Next()} : {Next()})";
            case 5: return $"box.Add({Next()}, {Next()})";
            case 6: return $"arr[({Next()}) & 1]";
            case 7: return random.Next(3) == 0 ? $"P.Boom(t, {Id()}, {random.Next(4)} == 0)" : Leaf();
            case 8: return $"-({Next()})";
            case 9: return $"(await P.Later(t, {Next()}))";
            case 10: return $"(await P.Now(t, {Next()}))";
            case 11: return $"(await P.Same(t, {Next()}))";
            case 12: return $"(await P.Sleep(t, {Next()}))";
            case 13: return $"(await P.Soon(t, {Next()}))";
            case 14: return $"(await P.Foreign(t, {Next()}))";
            case 15: return $"(await new ValueTask<int>({Next()}))";
            case 16: return random.Next(3) == 0 ? $"(await P.Fail(t, {Id()}))" : Next();
            case 17: return random.Next(3) == 0 ? $"(await P.Ordinary(t, {Next()}))" : Next();
            case 18: return $"((int?){Next()} ?? {Next()})";
            case 19: return $"new[] {{ {Next()}, {Next()} }}[{random.Next(2)}]";
            case 20:
                string s = $"s{Id()}";
                string last = random.Next(6) == 0 ? $"throw new InvalidOperationException(\"arm\" + {Next()})" : Next();
                return $"((({Next()}) & 3) switch {{ 0 => {Next()}, 1 when {Condition(1, mayAwait: false)} => {last}, var {s} => {s} + {Next()} }})";
            default: return _calls++ < 4 ? $"(await {Call()})" : Next();
        }
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
        if (method > 0 && random.Next(6) == 0)
            return $"(n > 0 ? {Invoke(method, "n - 1")} : P.Later(t, {Id()}))";
        int callee = random.Next(method + 1, methods + 2);
        return callee < methods ? Invoke(callee, $"({Leaf()}) & 3") : $"P.Later(t, {Leaf()})";
    }

    private static string Invoke(int callee, string argument) => (callee % 4) switch
    {
        2 => $"new Object().M{callee}(t, {argument})",
        3 => $"new Value().M{callee}(t, {argument})",
        _ => $"M{callee}(t, {argument})",
    };

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
