namespace Coroutines.Differential.RandomPrograms;

/// <summary>Statements in one line.</summary>
internal sealed partial class ProgramGrammar
{
    private Statement Simple()
    {
        string e = Value(), name = $"v{_names++}";
        if (_captures && _random.Next(5) == 0)
            return Function(name, e);
        if (_mayYield && _random.Next(3) == 0)
            return new($"yield return P.Say(t, \"yield\", {e});");
        return _mayAwait && _random.Next(2) == 0 ? Suspending(name, e) : Plain(name, e);
    }

    private Statement Plain(string name, string e)
    {
        switch (_random.Next(19))
        {
            case 0: return new($"{Target()} = {e};");
            case 1: return new($"{Target()} += {e};");
            case 2: return new($"{Target()} -= {e};");
            case 3: return new($"int {name} = {e}; P.Say(t, \"{name}\", {name});");
            case 4: return new($"if ({Condition()}) throw new InvalidOperationException(\"thrown {_names}\");");
            case 5 when _mayReturn: return new($"if ({Condition()}) {Return(e)}");
            case 6 when _mayBreak: return new($"if ({Condition()}) break;");
            case 7 when _mayContinue: return new($"if ({Condition()}) continue;");
            case 8: return new($"pair = (pair.Y, {e});");
            case 9: return new($"{{ Span<int> s{name} = arr; s{name}[0] += {_names}; ref int r{name} = ref arr[1]; r{name}++; }}");
            case 17 when !_isHandler: return new($"{{ Span<int> {name} = stackalloc int[2]; {name}[1] = a; b += {name}[1]; }} c -= {e};");
            case 10: return new($"(a, b) = (b, {e});");
            case 11: return new($"box.P += P.F(a, {e}, {Value()});");
            case 12: return new($"a = b = {e};");
            case 13 when !IsStreamHandler: return new($"using var {name} = new Resource(t, {_names}); a += {name}.Id + {e};");
            case 14: return new($"(arr[P.Say(t, \"at\", 0)], int {name}) = ({e}, {Value()}); P.Say(t, \"{name}\", {name});");
            case 15: return new($"lock (box) {{ c++; }} const int K{name} = {_names}; c -= K{name} + {e};");
            case 16: return new($"box?.Change(t, {e});");
            default: return new($"P.Say(t, \"say{_names}\", {e});");
        }
    }

    private Statement Suspending(string name, string e)
    {
        switch (_random.Next(17))
        {
            case 0: return new("await Coroutine.Yield();");
            case 1: return new($"await Coroutine.Delay(TimeSpan.FromMilliseconds({_random.Next(4)}));");
            case 2: return new("await P.Nothing(t);");
            case 3: return new($"var {name} = {_expressions.Call()}; {Simple().Text} a += await {name};");
            case 4 when !_shape.HasStreams: return new($"var {name} = t.Loop.Spawn({_expressions.Call()}); b += await {name};");
            case 5 when !_shape.HasStreams: return new($"var {name} = t.Loop.Spawn(P.Sleep(t, {e})); await Coroutine.Yield(); {name}.Cancel(); await P.Nothing(t);");
            case 6: return new($"var ({name}, w{name}) = await P.Two(t, {e}, \"w\"); P.Say(t, w{name}, {name});");
            case 7: return new($"_ = await P.Same(t, \"{name}\");");
            case 8 when _random.Next(4) == 0: return new("CoroutineTask.Current.Cancel();");
            case 9 when _random.Next(3) == 0: return new($"a += await P.Broken(t, {_names});");
            case 10: return new($"int {name} = await P.Later(t, {e}), w{name} = {name} + {Value()}; P.Say(t, \"{name}\", w{name});");
            case 11 when !IsStreamHandler: return new($"await using var {name} = new {(_random.Next(2) == 0 ? "AsyncResource" : "OwnResource")}(t, {_names}); a += {name}.Id + {e};");
            case 12 when !IsStreamHandler: return new($"await using var {name} = {_expressions.Stream()}.GetAsyncEnumerator(); if (await {name}.MoveNextAsync()) c += {name}.Current + {e};");
            case 13 when !_shape.HasStreams: return new($"P.Say(t, \"{name}\", (await Coroutine.MoveOnAfter(P.Sleep(t, {e}), TimeSpan.FromMilliseconds({_random.Next(1, 6)}))).Finished ? 1 : 0);");
            case 14: return new($"await Coroutine.Shield(P.Nothing(t)); b += {e};");
            default: return new($"P.Say(t, \"await{_names}\", await P.Later(t, {e}));");
        }
    }

    // Functions that share variables with the coroutine; those in the list are called again at the end.
    private Statement Function(string name, string e) => _random.Next(_mayAwait ? 8 : 6) switch
    {
        0 => new($"int {name} = {e}; later.Add(() => P.Say(t, \"{name}\", {name}++ + a));"),
        1 => new($"int {name} = {e}; int F{name}(int x) {{ {name} += x; return P.Say(t, \"F{name}\", {name} + b); }} a += F{name}({_names}); later.Add(() => F{name}(1));"),
        2 => new($"int F{name}(int x) => x < 1 ? c : F{name}(x - 1) + G{name}(x); int G{name}(int x) => a + x; b += F{name}(2); Func<int, int> {name} = F{name}; c += {name}(1);"),
        3 => new($"foreach (int {name} in from q in new[] {{ a, {e} }} where q > b - c select q + n) P.Say(t, \"query\", {name});"),
        4 => new("b += P.CallAll(later);"),
        5 => new($"Action {name} = () => {{ a++; box.X += c; }}; {name}();"),
        6 => new($"[Coroutine] async Coroutine<int> F{name}(int x) {{ P.Say(t, \"F{name}\", x); await Coroutine.Yield(); return x + b++; }} a += await F{name}({e});"),
        _ => new($"Func<Coroutine<int>> {name} = async () => {{ await Coroutine.Yield(); return P.Say(t, \"{name}\", a++); }}; c += await {name}();"),
    };
}
