namespace Coroutines.Differential.RandomPrograms;

/// <summary>Statements with blocks.</summary>
internal sealed partial class ProgramGrammar
{
    private Statement Compound()
    {
        if (_mayAwait && _random.Next(4) == 0)
            return _random.Next(2) == 0 || _shape.HasStreams ? Asynchronous() : Structured();
        return _loops > 1 || _random.Next(2) == 0 ? Straight() : Repeated();
    }

    private Statement Straight()
    {
        string i = $"i{_names++}", condition = Condition();
        return _random.Next(9) switch
        {
            0 => new("") { Parts = [new($"if ({condition})", Block())] },
            1 => new("") { Parts = [new($"if ({condition})", Block()), new("else", Block())] },
            2 => new("") { Parts = [new("try", Tried(caught: false)), new("finally", Handler(jumps: false))] },
            3 => new("") { Parts = [new("try", Tried(caught: true)), Catch(), new("finally", Handler(jumps: false))] },
            4 => new("") { Parts = [new("try", Tried(caught: true)), Catch(), new($"catch (Exception x{i})", Prefixed($"t.Add(\"any \" + x{i}.GetType().Name);", Handler(jumps: true)))] },
            5 => new("") { Parts = [new($"using (var {i} = new Resource(t, {_names}))", Block())] },
            6 => Switch(Value()),
            7 => new("") { Parts = [new(_random.Next(2) == 0 ? "checked" : "unchecked", Block())] },
            _ => new("") { Parts = [new("", Block())] },
        };
    }

    private Statement Repeated()
    {
        string i = $"i{_names++}", condition = Condition();
        string captured = _captures ? $" later.Add(() => {i} + a);" : "";
        return _random.Next(8) switch
        {
            0 => new("") { Parts = [new($"for (int {i} = 0; {i} < {_random.Next(1, 4)} && {condition}; {i}++)", Prefixed($"c++;{captured}", Loop()))] },
            1 => new($"int {i} = {_random.Next(1, 3)};") { Parts = [new($"while ({i}-- > 0 && {condition})", Loop())] },
            2 => new($"int {i} = {_random.Next(1, 3)};") { Parts = [new("do", Loop(), $"while ({i}-- > 0 && {condition});")] },
            3 => new("") { Parts = [new($"foreach (int {i} in P.Items(t, {_random.Next(1, 4)}))", Prefixed($"P.Say(t, \"item\", {i});{captured}", Loop()))] },
            4 => new("") { Parts = [new($"foreach (var {i} in new List<int>(new[] {{ a, {Value()} }}))", Prefixed($"c += {i};{captured}", Loop()))] },
            5 => new("") { Parts = [new($"foreach (var (k{i}, {i}) in new[] {{ (1, {Value()}), (n, c) }})", Prefixed($"c += k{i} - {i};{captured}", Loop()))] },
            6 => new("") { Parts = [new($"foreach (int {i} in new int[,] {{ {{ 1, {Value()} }} }})", Prefixed($"b += {i};{captured}", Loop()))] },
            _ => Labelled(i, condition),
        };
    }

    // The label and the jump surround the block, so that none goes past a using declaration; break and continue belong to what is around.
    private Statement Labelled(string i, string condition)
    {
        _loops++;
        var statement = new Statement($"int {i} = 1; again{i}:") { Parts = [new("", Block())], End = $"if ({i}-- > 0 && {condition}) goto again{i};" };
        _loops--;
        return statement;
    }

    private Statement Asynchronous()
    {
        string i = $"i{_names++}";
        if (_loops > 1 || _random.Next(3) == 0)
            return new("") { Parts = [new($"await using (var {i} = new AsyncResource(t, {_names}))", Block())] };
        return new("") { Parts = [new($"await foreach (int {i} in {_expressions.Stream()})", Prefixed($"P.Say(t, \"item\", {i});{(_captures ? $" later.Add(() => {i} - a);" : "")}", Loop()))] };
    }

    private Statement Structured()
    {
        string i = $"i{_names++}", time = $"TimeSpan.FromMilliseconds({_random.Next(1, 6)})";
        return _random.Next(4) switch
        {
            0 => new("") { Parts = [new($"using (var {i} = CancelScope.After({time}))", Block())] },
            1 => new("") { Parts = [new($"using (var {i} = CancelScope.Open())", [.. Block(), new($"if ({Condition()}) {i}.Cancel();"), .. Block(1)])] },
            2 => new("") { Parts = [new($"using (CancelScope.Shielded())", Block())] },
            _ => new("") { Parts = [new($"await using (var {i} = new TaskGroup())", [new($"var s{i} = {i}.Spawn({_expressions.Call()}); {i}.Spawn(P.Sleep(t, {_names}));"), .. Block(), new($"await {i}.Join(); c += await s{i};")])] },
        };
    }

    private Part Catch()
    {
        string type = _random.Next(4) switch { 0 => "InvalidOperationException", 1 => "OperationCanceledException", 2 => "TimeoutException", _ => "ArgumentException" };
        string x = $"x{_names++}";
        string filter = _random.Next(5) switch { 0 => $" when (P.Ask(t, {_names}, true))", 1 => $" when (P.Ask(t, {_names}, a > b))", 2 => $" when ({x}.Message is var m{x} && P.Ask(t, {_names}, m{x}.Length > 6))", _ => "" };
        var body = Prefixed($"P.Say(t, {x}.GetType().Name);", Handler(jumps: true));
        if (_random.Next(4) == 0)
            body.Add(new("if (a < 100) throw;"));
        if (_random.Next(4) == 0)
            body.Add(new($"P.Say(t, {x}.Message);"));
        return new($"catch ({type} {x}){filter}", body);
    }

    private Statement Switch(string value)
    {
        bool mayBreak = _mayBreak, jumps = _random.Next(2) == 0;
        _mayBreak = true;
        string guard = $"case var g{_names} when {Condition()} && g{_names++} > 2:";
        // Jumps go forward only, so that they end.
        var statement = new Statement($"switch (({value}) & 3) {{")
        {
            Parts =
            [
                new("case 0:", Block(), jumps ? $"if ({Condition()}) goto case 1; break;" : "break;"),
                new("case 1: case 2:", Block(), jumps ? "goto default;" : "break;"),
                new(guard, Block(), "break;"),
                new("default:", Block(), "break;"),
            ],
            End = "}",
        };
        _mayBreak = mayBreak;
        return statement;
    }
}
