namespace Coroutines.Differential.RandomPrograms;

/// <summary>The forms of expressions; each is a value of type <c>int</c>.</summary>
internal sealed partial class ExpressionGrammar
{
    /// <summary>Forms that suspend where an operand does.</summary>
    private string Plain(Operand next, Operand ask)
    {
        int id = Id();
        switch (random.Next(49))
        {
            case 0 or 1: return Leaf();
            case 2: return $"({next()} + {next()})";
            case 3: return $"({next()} - {next()} * {next()})";
            case 4: return $"P.F({next()}, {next()}, {next()})";
            case 5: return $"P.F(c: {next()}, a: {next()}, b: {next()})";
            case 6: return $"({ask()} ? {next()} : {next()})";
            case 7: return $"box.Add({next()}, {next()})";
            case 8: return $"arr[({next()}) & 1]";
            case 9: return $"P.Boom(t, {id}, {random.Next(8)} == 0)";
            case 10: return $"-({next()})";
            case 11: return $"((int?){next()} ?? {next()})";
            case 12: return $"new[] {{ {next()}, {next()} }}[{random.Next(2)}]";
            case 13: return $"((({next()}) & 3) switch {{ 0 => {next()}, 1 when {ask()} => {Rarely(next)}, var s{id} => s{id} + {next()} }})";
            case 14: return $"(({next()}, {next()}) switch {{ ( > 3, var l{id}) => l{id}, (var l{id}, < 9) when {ask()} => {next()}, _ => {next()} }})";
            case 15: return $"({ask()} ? {next()} : {Rarely(next)})";
            case 16: return $"((int?)({next()}) ?? throw new InvalidOperationException(\"none\"))";
            case 17: return $"(box.Self?.Add({next()}, {next()}) ?? {next()})";
            case 18: return $"(box.Maybe({ask()})?.Self.Add({next()}, {next()}) ?? {next()})";
            case 19: return $"(box.Maybe({ask()})?.Self.Maybe({ask()})?[({next()}) & 1] ?? {next()})";
            case 20: return $"(box.Maybe({ask()})?.X.CompareTo({next()}) ?? -1)";
            case 21: return $"checked(({next()} & 255) + {next()})";
            case 22: return $"unchecked({next()} * 1000003 + a)";
            case 23: return random.Next(4) == 0 ? $"checked((byte)(a + ({next()})))" : $"(byte)(a + ({next()}))";
            case 24: return $"(new Rec({next()}, 2) with {{ X = {next()}, Y = {next()} }}).Y";
            case 25: return $"(new Small({next()}, 2) with {{ B = {next()} }}).A";
            case 26: return $"P.Sum([{next()}, .. arr, {next()}])";
            case 27: return $"P.Sum([.. list, {next()}, .. P.Items(t, 2)])";
            case 28: return $"((List<int>)[{next()}, {next()}, .. list])[1]";
            case 29: return $"P.Spanned({next()}, {next()}, {next()})";
            case 30: return $"new Box(t) {{ X = {next()}, P = {next()} }}.X";
            case 31: return $"new List<int> {{ {next()}, {next()} }}[1]";
            case 32: return $"new Dictionary<int, int> {{ [{next()}] = {next()}, [{next()}] = 2 }}.Count";
            case 33: return Interpolated(next);
            case 34: return $"(\"x\" + {next()} + {next()}).Length";
            case 35: return $"({next()}, {next()}).Item{random.Next(1, 3)}";
            case 36: return $"((pair.X, c) = ({next()}, {next()})).Item1";
            case 37: return $"(arr[({next()}) & 1] += {next()})";
            case 38: return $"(box[({next()}) & 1] -= {next()})";
            case 39: return $"(box.P ^= {next()})";
            case 40: return $"(arr[({next()}) & 1]++ + --box.P)";
            case 41: return $"(maybe ??= {next()})";
            case 42: return $"(({next()}) is > 3 and var p{id} ? p{id} : {next()})";
            case 43: return $"(P.Try({next()}, out int o{id}) ? o{id} + {next()} : {next()})";
            case 44: return $"P.Bump(ref {(random.Next(2) == 0 ? "c" : $"arr[({next()}) & 1]")}, {next()})";
            case 45: return random.Next(3) == 0 ? $"(int)((dynamic)({next()}) + {next()})" : next();
            case 46: return random.Next(3) == 0 ? $"(int)((dynamic)box).Add({next()}, {next()})" : next();
            case 47: return $"new Made<int>(t, {next()}) {{ Needed = {next()}, First = {next()}, [{next()}] = {next()} }}.{(random.Next(2) == 0 ? "First" : "Needed")}";
            default: return $"(arr[^(1 + (({next()}) & 1))] + arr[({next()} & 1)..].Length)";
        }
    }

    private string Awaiting(Operand next, Operand ask)
    {
        int id = Id();
        switch (random.Next(20))
        {
            case 0 or 1: return $"(await P.Later(t, {next()}))";
            case 2: return $"(await P.Now(t, {next()}))";
            case 3: return $"(await P.Same(t, {next()}))";
            case 4: return $"(await P.Sleep(t, {next()}))";
            case 5: return $"(await P.Soon(t, {next()}))";
            case 6: return $"(await P.Foreign(t, {next()}))";
            case 7: return $"(await new ValueTask<int>({next()}))";
            case 8: return random.Next(3) == 0 ? $"(await P.Fail(t, {id}))" : next();
            case 9: return random.Next(3) == 0 ? $"(await P.Ordinary(t, {next()}))" : next();
            case 10: return $"(await P.Same(t, ({next()}, {next()}))).Item2";
            case 11 when !_interpolated: return $"(await ({ask()} ? P.Later(t, {next()}) : P.Now(t, {next()})))";
            case 12: return $"(await P.Same(t, box))[({next()}) & 1]";
            case 13 when !shape.HasStreams: return $"P.Both(await Coroutine.WhenAll({Call()}, P.Later(t, {next()})))";
            case 14 when !shape.HasStreams && !_interpolated: return $"(await ({Call()}).WithTimeout(TimeSpan.FromMilliseconds({random.Next(1, 9)})))";
            case 15 when !shape.HasStreams: return $"(await Coroutine.MoveOnAfter(P.Sleep(t, {next()}), TimeSpan.FromMilliseconds({random.Next(1, 9)}))).Result";
            case 16 when !_interpolated: return random.Next(3) == 0 ? $"((int)(await (dynamic)P.Later(t, {next()})))" : next();
            case 17 when !_interpolated && _calls++ < MostCalls: return $"(await {Stream()}.{(random.Next(2) == 0 ? "SumAsync()" : "FirstOrDefaultAsync()")})";
            default: return _calls++ < MostCalls ? $"(await {Call()})" : next();
        }
    }

    // The compiler reads a hole of a string as if it stood outside the async method: "await (" is a call there.
    private string Interpolated(Operand next)
    {
        bool outer = _interpolated;
        _interpolated = true;
        string text = $"$\"{{{next()}}}:{{{next()},3}}\".Length";
        _interpolated = outer;
        return text;
    }

    private string Rarely(Operand next) => random.Next(4) == 0 ? $"throw new InvalidOperationException(\"arm\" + {next()})" : next();
}
