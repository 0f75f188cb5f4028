namespace Coroutines.Differential.RandomPrograms;

/// <summary>
/// Writes programs of the constructs the generator must handle. Everything terminates: loops count, calls go to later methods,
/// recursion counts down. Every value and every effect goes to the trace. Most programs are small: many small ones meet more pairs of constructs in a
/// second than few large ones, and some are large for what only depth brings.
/// </summary>
internal sealed partial class ProgramGrammar
{
    private readonly Random _random;
    private readonly int _seed;
    private readonly ProgramShape _shape;
    private readonly int _deepest;
    private ExpressionGrammar _expressions;
    private int _method;
    private int _names;
    private int _depth;
    private int _loops;
    private bool _mayAwait;
    private bool _mayBreak;
    private bool _mayContinue;
    private bool _mayReturn;
    private bool _mayYield;
    private bool _captures;
    private bool _isHandler;

    private ProgramGrammar(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _shape = new ProgramShape(_random);
        _deepest = _random.Next(10) == 0 ? 4 : _random.Next(1, 4);
        _expressions = new ExpressionGrammar(_random, 0, _shape);
    }

    public static RandomProgram Write(int seed) => new ProgramGrammar(seed).Write();

    private RandomProgram Write()
    {
        var methods = new List<Method>();
        for (_method = 0; _method < _shape.Count; _method++)
        {
            _expressions = new ExpressionGrammar(_random, _method, _shape);
            (_mayAwait, _mayReturn, _mayBreak, _mayContinue, _loops) = (true, true, false, false, 0);
            _mayYield = _shape.IsStream(_method);
            _captures = _random.Next(3) == 0;
            methods.Add(WriteMethod());
        }

        return new RandomProgram(_seed, _shape.HasStreams, methods);
    }

    private Method WriteMethod()
    {
        List<Statement> body =
        [
            new(_method == 0 ? "int n = 2, a = 1, b = 2, c = 3;" : "int a = n, b = 2, c = 3;"),
            new("int[] arr = { 4, 5 }; var box = new Box(t) { X = 6 }; var pair = (X: 7, Y: 8); int? maybe = null; var list = new List<int> { 1, 2 };"),
            new("var later = new List<Func<int>>();"),
            new($"P.Say(t, \"enter M{_method}\", n);"),
        ];
        if (_method == 0)
            body.Add(Guarded());
        else
            body.AddRange(Block(_random.Next(1, 4)));
        const string Sum = "a + b + c + arr[0] + arr[1] + box.X + pair.X";
        return new(_shape.ContainerOf(_method), _shape.HeaderOf(_method), body, _method switch
        {
            0 => $"P.Say(t, \"end\", P.CallAll(later) + {Sum});",
            _ when _shape.IsStream(_method) => $"yield return P.Say(t, \"last\", {Sum});",
            _ => $"return P.Say(t, \"return\", {Sum});",
        });
    }

    // Most roots survive what their callees throw, so that more of the program runs.
    private Statement Guarded()
    {
        var body = Block(_random.Next(1, 5));
        return _random.Next(4) == 0
            ? new("") { Parts = [new("", body)] }
            : new("") { Parts = [new("try", body), new("catch (Exception x) when (x is InvalidOperationException or TimeoutException or OverflowException)", [new("t.Add(\"root caught \" + x.Message);")])] };
    }

    private List<Statement> Block(int count)
    {
        _depth++;
        var statements = new List<Statement>();
        for (int i = 0; i < count; i++)
            statements.Add(_depth > _deepest || IsStreamHandler || _random.Next(5) > 1 ? Simple() : Compound());
        _depth--;
        return statements;
    }

    // The compiler leaves a finally of a disposed stream early where one try stands inside another there.
    private bool IsStreamHandler => _isHandler && _shape.IsStream(_method);

    private List<Statement> Block() => Block(_random.Next(1, 3));

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
        var outer = (_mayAwait, _mayBreak, _mayContinue, _mayReturn, _mayYield, _isHandler);
        _mayAwait &= _random.Next(2) == 0;
        _mayYield = false;
        _isHandler = true;
        if (!jumps)
            _mayBreak = _mayContinue = _mayReturn = false;
        var body = Block(_random.Next(1, 3));
        (_mayAwait, _mayBreak, _mayContinue, _mayReturn, _mayYield, _isHandler) = outer;
        return body;
    }

    // Where a catch follows, the language allows no yield return.
    private List<Statement> Tried(bool caught)
    {
        bool mayYield = _mayYield;
        _mayYield &= !caught;
        var body = Block();
        _mayYield = mayYield;
        return body;
    }

    private static List<Statement> Prefixed(string text, List<Statement> body) => [new(text), .. body];

    private string Value() => _expressions.Value(_random.Next(10) switch { < 6 => 1, < 9 => 2, _ => 3 }, _mayAwait, _captures);

    private string Condition() => _expressions.Condition(_random.Next(1, 3), _mayAwait);

    private string Return(string value) => _shape.IsStream(_method) ? "yield break;" : _method == 0 ? "return;" : $"return {value};";

    private string Target() => _random.Next(8) switch
    {
        0 => "a",
        1 => "b",
        2 => "c",
        3 => "arr[P.Say(t, \"index\", 1)]",
        4 => "box.X",
        5 => "pair.X",
        6 => "box[P.Say(t, \"index\", 0)]",
        _ => _mayAwait ? "arr[(await P.Now(t, a)) & 1]" : "arr[0]",
    };
}
