namespace Coroutines.Differential.RandomPrograms;

/// <summary>
/// Writes programs of the constructs the generator must handle. Everything terminates: loops count, calls go to later methods,
/// recursion counts down. Every value and every effect goes to the trace.
/// </summary>
internal sealed class ProgramGrammar
{
    private readonly Random _random;
    private readonly int _seed;
    private readonly int _methods;
    private ExpressionGrammar _expressions;
    private int _method;
    private int _names;
    private int _depth;
    private int _loops;
    private bool _mayAwait;
    private bool _mayBreak;
    private bool _mayContinue;
    private bool _mayReturn;
    private bool _captures;

    private ProgramGrammar(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _methods = _random.Next(2, 6);
        _expressions = new ExpressionGrammar(_random, 0, _methods);
    }

    public static RandomProgram Write(int seed) => new ProgramGrammar(seed).Write();

    private RandomProgram Write()
    {
        var methods = new List<Method>();
        for (_method = 0; _method < _methods; _method++)
        {
            _expressions = new ExpressionGrammar(_random, _method, _methods);
            (_mayAwait, _mayReturn, _mayBreak, _mayContinue, _loops) = (true, true, false, false, 0);
            _captures = _random.Next(3) == 0;
            methods.Add(WriteMethod());
        }

        return new RandomProgram(_seed, methods);
    }

    private Method WriteMethod()
    {
        List<Statement> body =
        [
            new(_method == 0 ? "int n = 2, a = 1, b = 2, c = 3;" : "int a = n, b = 2, c = 3;"),
            new("int[] arr = new[] { 4, 5 }; var box = new Box { X = 6 }; var pair = (X: 7, Y: 8);"),
            new("var later = new List<Func<int>>();"),
            new($"P.Say(t, \"enter M{_method}\", n);"),
        ];
        if (_method == 0)
            body.Add(Guarded());
        else
            body.AddRange(Block(_random.Next(2, 6)));
        return _method == 0
            ? new("", "public static async Coroutine M0(Trace t)", body, "P.Say(t, \"end\", P.CallAll(later) + a + b + c + arr[0] + arr[1] + box.X + pair.X);")
            : new(ExpressionGrammar.ContainerOf(_method), ExpressionGrammar.HeaderOf(_method), body, "return P.Say(t, \"return\", a + b + c + arr[1] + box.X + pair.X);");
    }

    // Most roots survive what their callees throw, so that more of the program runs.
    private Statement Guarded()
    {
        var body = Block(_random.Next(4, 9));
        return _random.Next(4) == 0
            ? new("") { Parts = [new("", body)] }
            : new("") { Parts = [new("try", body), new("catch (InvalidOperationException x)", [new("t.Add(\"root caught \" + x.Message);")])] };
    }

    private List<Statement> Block(int count)
    {
        _depth++;
        var statements = new List<Statement>();
        for (int i = 0; i < count; i++)
            statements.Add(_depth > 4 || _random.Next(3) != 0 ? Simple() : Compound());
        _depth--;
        return statements;
    }

    private List<Statement> Block() => Block(_random.Next(1, 4));

    private Statement Simple()
    {
        string e = Value(), name = $"v{_names++}";
        if (_captures && _random.Next(6) == 0)
            return Function(name, e);
        switch (_random.Next(_mayAwait ? 30 : 12))
        {
            case 0: return new($"{Target()} = {e};");
            case 1: return new($"{Target()} += {e};");
            case 2: return new($"{Target()} -= {e};");
            case 3: return new($"int {name} = {e}; P.Say(t, \"{name}\", {name});");
            case 4: return new($"if ({Condition()}) throw new InvalidOperationException(\"thrown {_names}\");");
            case 5 when _mayReturn: return new(_method == 0 ? $"if ({Condition()}) return;" : $"if ({Condition()}) return {e};");
            case 6 when _mayBreak: return new($"if ({Condition()}) break;");
            case 7 when _mayContinue: return new($"if ({Condition()}) continue;");
            case 8: return new($"pair = (pair.Y, {e});");
            case 9: return new($"{{ Span<int> s{name} = arr; s{name}[0] += {_names}; ref int r{name} = ref arr[1]; r{name}++; }}");
            case 10: return new($"(a, b) = (b, {e});");
            case 11: return new($"box.P += P.F(a, {e}, {Value()});");
            case 12: return new("await Coroutine.Yield();");
            case 13: return new($"await Coroutine.Delay(TimeSpan.FromMilliseconds({_random.Next(4)}));");
            case 14: return new("await P.Nothing(t);");
            case 15: return new($"var {name} = {_expressions.Call()}; {Simple().Text} a += await {name};");
            case 16: return new($"var {name} = t.Loop.Spawn({_expressions.Call()}); b += await {name};");
            case 17: return new($"var {name} = t.Loop.Spawn(P.Sleep(t, {e})); await Coroutine.Yield(); {name}.Cancel(); await P.Nothing(t);");
            case 18: return new($"var ({name}, w{name}) = await P.Two(t, {e}, \"w\"); P.Say(t, w{name}, {name});");
            case 19: return new($"_ = await P.Same(t, \"{name}\");");
            case 20 when _random.Next(4) == 0: return new("CoroutineTask.Current.Cancel();");
            case 21 when _random.Next(3) == 0: return new($"a += await P.Broken(t, {_names});");
            case 22: return new($"int {name} = await P.Later(t, {e}), w{name} = {name} + {Value()}; P.Say(t, \"{name}\", w{name});");
            case 23: return new($"a = b = {e};");
            case 24: return new($"using var {name} = new Resource(t, {_names}); a += {name}.Id + {e};");
            case 25: return new($"await using var {name} = new {(_random.Next(2) == 0 ? "AsyncResource" : "OwnResource")}(t, {_names}); a += {name}.Id + {e};");
            default: return new($"P.Say(t, \"say{_names}\", {e});");
        }
    }

    // Functions that share variables with the coroutine; those in the list are called again at the end.
    private Statement Function(string name, string e) => _random.Next(6) switch
    {
        0 => new($"int {name} = {e}; later.Add(() => P.Say(t, \"{name}\", {name}++ + a));"),
        1 => new($"int {name} = {e}; int F{name}(int x) {{ {name} += x; return P.Say(t, \"F{name}\", {name} + b); }} a += F{name}({_names}); later.Add(() => F{name}(1));"),
        2 => new($"int F{name}(int x) => x < 1 ? c : F{name}(x - 1) + G{name}(x); int G{name}(int x) => a + x; b += F{name}(2); Func<int, int> {name} = F{name}; c += {name}(1);"),
        3 => new($"foreach (int {name} in from q in new[] {{ a, {e} }} where q > b - c select q + n) P.Say(t, \"query\", {name});"),
        4 => new("b += P.CallAll(later);"),
        _ => new($"Action {name} = () => {{ a++; box.X += c; }}; {name}();"),
    };

    private Statement Compound()
    {
        string i = $"i{_names++}", e = Value(), condition = Condition();
        if (_mayAwait && _random.Next(6) == 0)
        {
            return _loops > 1 || _random.Next(2) == 0
                ? new("") { Parts = [new($"await using (var {i} = new AsyncResource(t, {_names}))", Block())] }
                : new("") { Parts = [new($"await foreach (int {i} in P.Stream(t, {_random.Next(1, 4)}))", Prefixed($"P.Say(t, \"item\", {i});", Loop()))] };
        }

        switch (_random.Next(_loops > 1 ? 8 : 13))
        {
            case 0: return new("") { Parts = [new($"if ({condition})", Block())] };
            case 1: return new("") { Parts = [new($"if ({condition})", Block()), new("else", Block())] };
            case 2: return new("") { Parts = [new("try", Block()), new("finally", Handler(jumps: false))] };
            case 3: return new("") { Parts = [new("try", Block()), Catch(), new("finally", Handler(jumps: false))] };
            case 4: return new("") { Parts = [new("try", Block()), Catch(), new($"catch (Exception x{i})", Prefixed($"t.Add(\"any \" + x{i}.GetType().Name);", Handler(jumps: true)))] };
            case 5: return new("") { Parts = [new($"using (var {i} = new Resource(t, {_names}))", Block())] };
            case 6: return Switch(e);
            case 7: return new("") { Parts = [new("", Block())] };
            case 8: return new("") { Parts = [new($"for (int {i} = 0; {i} < {_random.Next(1, 4)} && {condition}; {i}++)", Loop())] };
            case 9: return new($"int {i} = {_random.Next(1, 3)};") { Parts = [new($"while ({i}-- > 0 && {condition})", Loop())] };
            case 10: return new($"int {i} = {_random.Next(1, 3)};") { Parts = [new("do", Loop(), $"while ({i}-- > 0 && {condition});")] };
            case 11: return new("") { Parts = [new($"foreach (int {i} in P.Items(t, {_random.Next(1, 4)}))", Prefixed($"P.Say(t, \"item\", {i});{(_captures ? $" later.Add(() => {i} + a);" : "")}", Loop()))] };
            default: return new("") { Parts = [new($"foreach (var {i} in new List<int>(new[] {{ a, {e} }}))", Prefixed($"c += {i};", Loop()))] };
        }
    }

    private Part Catch()
    {
        string type = _random.Next(3) switch { 0 => "InvalidOperationException", 1 => "OperationCanceledException", _ => "ArgumentException" };
        string filter = _random.Next(3) == 0 ? $" when (P.Ask(t, {_names}, {(_random.Next(2) == 0 ? "true" : "a > b")}))" : "";
        string x = $"x{_names++}";
        var body = Prefixed($"P.Say(t, {x}.GetType().Name);", Handler(jumps: true));
        if (_random.Next(4) == 0)
            body.Add(new("if (a < 100) throw;"));
        if (_random.Next(4) == 0)
            body.Add(new($"P.Say(t, {x}.Message);"));
        return new($"catch ({type} {x}){filter}", body);
    }

    private Statement Switch(string value)
    {
        bool mayBreak = _mayBreak;
        _mayBreak = true;
        var statement = new Statement($"switch (({value}) & 3) {{")
        {
            Parts = [new("case 0:", Block(), "break;"), new("case 1: case 2:", Block(), "break;"), new("default:", Block(), "break;")],
            End = "}",
        };
        _mayBreak = mayBreak;
        return statement;
    }

    private List<Statement> Loop()
    {
        (bool mayBreak, bool mayContinue) = (_mayBreak, _mayContinue);
        _mayBreak = _mayContinue = true;
        _loops++;
        var body = Block();
        _loops--;
        (_mayBreak, _mayContinue) = (mayBreak, mayContinue);
        return body;
    }

    // The bodies of handlers: half of them do not await, so that one try has both kinds; out of a finally no jump.
    private List<Statement> Handler(bool jumps)
    {
        var outer = (_mayAwait, _mayBreak, _mayContinue, _mayReturn);
        _mayAwait &= _random.Next(2) == 0;
        if (!jumps)
            _mayBreak = _mayContinue = _mayReturn = false;
        var body = Block(_random.Next(1, 3));
        (_mayAwait, _mayBreak, _mayContinue, _mayReturn) = outer;
        return body;
    }

    private static List<Statement> Prefixed(string text, List<Statement> body) => [new(text), .. body];

    private string Value() => _expressions.Value(_random.Next(1, 4), _mayAwait);

    private string Condition() => _expressions.Condition(_random.Next(1, 3), _mayAwait);

    private string Target() => _random.Next(7) switch
    {
        0 => "a",
        1 => "b",
        2 => "c",
        3 => "arr[P.Say(t, \"index\", 1)]",
        4 => "box.X",
        5 => "pair.X",
        _ => _mayAwait ? "arr[(await P.Now(t, a)) & 1]" : "arr[0]",
    };
}
