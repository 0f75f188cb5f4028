using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Where coroutines may be declared, and what their signatures may say, on both lowerings.</summary>
public sealed class DeclarationTests
{
    private static void Runs(string main, string types, string members = "") =>
        BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + main + "\n}\n" + members, types);

    [Fact]
    public void Records_and_primary_constructors() => Runs("""
        Log(await new Point(1, 2).Sum(3)); Log(await new Small(4, 5).Sum(6)); Log(await new Service("s", [1, 2]).Run()); Log(await new Holder<string>("h").Get(1));
        """, """
        public partial record Point(int X, int Y) { [Coroutine] public async Coroutine<int> Sum(int z) { await Coroutine.Yield(); var moved = this with { X = await Twice(X) }; return moved.X + Y + z; } [Coroutine] static async Coroutine<int> Twice(int n) { await Coroutine.Yield(); return n * 2; } }
        public partial record struct Small(int A, int B) { [Coroutine] public async Coroutine<int> Sum(int c) { await Coroutine.Yield(); return A + B + c; } }
        public partial class Service(string name, List<int> values)
        {
            private int _runs;
            [Coroutine] public async Coroutine<string> Run() { _runs++; await Coroutine.Yield(); values.Add(_runs); name += "!"; Func<string> f = () => name + values.Count; await Coroutine.Yield(); return f(); }
        }
        public partial class Holder<T>(T value) where T : class { [Coroutine] public async Coroutine<T> Get(int n) { await Coroutine.Yield(); return value; } }
        """);

    [Fact]
    public void Partial_methods_nested_types_and_sealed_overrides() => Runs("""
        await new Outer<int>.Inner<string>().Run(1, "a"); await new Derived().Run(2); await new Part().Half(3);
        """, """
        public partial class Outer<T> where T : struct { public partial class Inner<U> where U : notnull { [Coroutine] public async Coroutine Run(T t, U u) { await Coroutine.Yield(); Log(t.ToString() + u); await More<double>(t, 1.5); } [Coroutine] async Coroutine More<V>(T t, V v) { await Coroutine.Yield(); Log($"{t}{v}"); } } }
        public abstract partial class Base { [Coroutine] public virtual async Coroutine Run(int n) { await Coroutine.Yield(); Log("base" + n); } }
        public sealed partial class Derived : Base { [Coroutine] public override async Coroutine Run(int n) { await base.Run(n + 1); Log("derived" + n); } }
        public partial class Part { [Coroutine] public partial Coroutine Half(int n); public partial async Coroutine Half(int n) { await Coroutine.Yield(); Log("half" + n); } }
        """);

    [Fact]
    public void Every_constraint() => Runs("""
        Log(await All<int, string, List<int>, DayOfWeek, string?>(1, "s", [2], DayOfWeek.Friday, null)); Log(await Sum([1, 2, 3])); Log(await Make<List<int>>()); Log(await Default<string>(null));
        """, "public interface INumberish<T> where T : INumberish<T> { static abstract T Zero { get; } static abstract T operator +(T a, T b); }\npublic readonly record struct N(int V) : INumberish<N> { public static N Zero => new(0); public static N operator +(N a, N b) => new(a.V + b.V); }", """
        [Coroutine] static async Coroutine<string> All<A, B, C, D, E>(A a, B b, C c, D d, E e) where A : unmanaged where B : notnull where C : class?, ICollection<int>, new() where D : struct, Enum where E : class? { await Coroutine.Yield(); c.Add(new C().Count); await Coroutine.Yield(); unsafe { return $"{a}{b}{c.Count}{d}{e}{sizeof(A)}"; } }
        [Coroutine] static async Coroutine<int> Sum(int[] values) => (await Add(values.Select(v => new N(v)).ToArray())).V;
        [Coroutine] static async Coroutine<T> Add<T>(T[] all) where T : INumberish<T> { T sum = T.Zero; foreach (T x in all) { await Coroutine.Yield(); sum += x; } return sum; }
        [Coroutine] static async Coroutine<int> Make<T>() where T : ICollection<int>, new() { var all = new T(); all.Add(await Later(3)); return all.Count; }
        [Coroutine] static async Coroutine<T?> Default<T>(T? value) where T : class { await Coroutine.Yield(); return value; }
        """);

    [Fact]
    public void Constraints_that_name_private_types() => Assert.Equal(["1", "captured1", "2", "local3", "protected4", "protected5"], BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            Log((await Same(new Own { Value = 1 })).Value); Log(await Captured(new Own { Value = 1 })); await foreach (Own own in Stream(new Own { Value = 2 })) Log(own.Value);
            await Local(new Own { Value = 3 }); await new Derived().Run();
            [Coroutine] static async Coroutine Local<T>(T own) where T : Own { await Coroutine.Yield(); Log("local" + own.Value); }
        }
        private class Own { public int Value; }
        [Coroutine] private static async Coroutine<T> Same<T>(T own) where T : Own { await Coroutine.Yield(); return own; }
        [Coroutine] private static async Coroutine<string> Captured<T>(T own) where T : Own { Func<string> f = () => "captured" + own.Value; await Coroutine.Yield(); return f(); }
        [Coroutine] private static async IAsyncEnumerable<T> Stream<T>(T own) where T : Own { await Coroutine.Yield(); yield return own; }
        """, """
        public partial class Base<T> { protected class Node { public T? Value; } [Coroutine] protected async Coroutine Walk<N>(N node) where N : Node { await Coroutine.Yield(); Log("protected" + node.Value); } }
        public partial class Derived : Base<int> { [Coroutine] public async Coroutine Run() { await Walk(new Node { Value = 4 }); var later = Walk(new Node { Value = 5 }); await later; } }
        """));

    [Fact]
    public void Operators_conversions_indexers_and_events() => Runs("""
        var m = new Money(await Later(1)) + await Later(2); m += await Later(3); m++; Log((int)m); long wide = (await Get(m)); Log(wide);
        var box = new Box(); box.Changed += v => Log("changed" + v); box[await Later(1), "k"] = await Later(5); box[1, "k"] += await Later(2); Log(box[^(await Later(1))]); Log(box[1..(await Later(3))]);
        Log((await Get(m)) > new Money(2) && !(await Get(m)).Equals(null)); Log(-(await Get(m)).Amount);
        """, """
        public record Money(int Amount) { public static Money operator +(Money a, int b) => new(a.Amount + b); public static Money operator ++(Money a) => new(a.Amount + 1); public static explicit operator int(Money m) => m.Amount; public static implicit operator long(Money m) => m.Amount * 10; public static bool operator >(Money a, Money b) => a.Amount > b.Amount; public static bool operator <(Money a, Money b) => a.Amount < b.Amount; }
        public class Box { public event Action<int>? Changed; int _v; public int this[int i, string k] { get => _v + i + k.Length; set { _v = value; Changed?.Invoke(value); } } public int Length => 4; public int this[int i] => i * 100; public int Slice(int a, int n) => a * 10 + n; }
        """, "[Coroutine] static async Coroutine<Money> Get(Money m) { await Coroutine.Yield(); return m; }");

    [Fact]
    public void Names_that_come_from_elsewhere()
    {
        string source = """
            using static System.Math;
            using Pair = (int Left, string Right);
            using Text = System.Text.StringBuilder;
            namespace App
            {
                using Numbers = System.Collections.Generic.List<int>;
                file static class Hidden { public static int Three => 3; }
                public static partial class Program2
                {
                    [Coroutine] public static async Coroutine Run()
                    {
                        Pair p = (Max(1, 2), "r"); await Coroutine.Yield(); Numbers n = [p.Left, Abs(-3)]; await Coroutine.Yield();
                        var text = new Text(); text.Append(p.Right).Append(n.Count); await Coroutine.Yield(); Log(text); Log(p.Left + p.Right);
            #if SOMETHING
                        Log("never");
            #else
                        Log("else"); await Coroutine.Yield();
            #endif
                    }
                }
            }
            public static class Start { public static void Run() => EventLoop.Run(App.Program2.Run()); }
            """;
        var reference = TestCompilation.Create(source);
        Assert.Equal(TestCompilation.Run(reference), TestCompilation.Run(TestCompilation.Generate(reference)));
        Assert.All(TestCompilation.Verdicts(reference), verdict => Assert.NotNull(verdict.Model));
    }

    [Fact]
    public void Spans_pointers_and_references_between_suspensions() => Runs("""
        int[] data = [1, 2, 3]; int sum = 0;
        unsafe { fixed (int* p = data) { sum += p[1]; } int* q = stackalloc int[2]; q[0] = 4; sum += *q; }
        await Coroutine.Yield();
        { ref int first = ref data[0]; first += sum; ref readonly int second = ref data[1]; Span<int> span = data; span[..2].Reverse(); sum += first + second + span[^1]; }
        await Coroutine.Yield();
        { scoped ReadOnlySpan<char> text = "abc"; foreach (char c in text) sum += c; Total(1, 2, 3); sum += Total([.. data]); if (data is [var head, .. var middle, > 0]) { await Coroutine.Yield(); Log(head + middle.Length); } }
        nint word = (nint)await Later(5); nuint unsigned = (nuint)word; await Coroutine.Yield(); Log(word + (long)unsigned); var line = new Line(data); Log(line.Count);
        foreach (ref int x in data.AsSpan()) x++; Log(string.Join(",", data) + sum + Slot(data, 1)); Slot(data, 0) = 9; await Later(1); Slot(data, 1) += 2; Log(data[0] + data[1]);
        """, "public ref struct Line(ReadOnlySpan<int> all) { private readonly ReadOnlySpan<int> _all = all; public int Count => _all.Length; }",
        "static int Total(params ReadOnlySpan<int> all) { int t = 0; foreach (int x in all) t += x; return t; } static ref int Slot(int[] all, int i) => ref all[i];");

    [Fact]
    public void Attributes_of_callers_and_async_enumerables_with_settings() => Runs("""
        Check(await Later(1) > 0); Check(1 + 1 == 2); Who(); await Coroutine.Yield();
        await foreach (int x in Numbers().ConfigureAwait(false)) Log(x);
        using var source = new System.Threading.CancellationTokenSource();
        await foreach (var (a, b) in Pairs().WithCancellation(source.Token).ConfigureAwait(true)) { Log(a + b); await Coroutine.Yield(); if (a > 1) break; }
        await foreach (var (a, b) in Pairs()) Log(a * b);
        """, "", """
        static void Check(bool value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string text = "", [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => Log(text + line + value);
        static void Who([System.Runtime.CompilerServices.CallerMemberName] string name = "", [System.Runtime.CompilerServices.CallerFilePath] string file = "") => Log(name + System.IO.Path.GetFileName(file));
        static async IAsyncEnumerable<int> Numbers() { yield return 1; await Task.Yield(); yield return 2; }
        [Coroutine] static async IAsyncEnumerable<(int A, int B)> Pairs([System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken token = default) { for (int i = 0; i < 4; i++) { await Coroutine.Yield(); yield return (i, i + 1); } }
        """);

    [Fact]
    public void Indexers_and_creations_without_arguments_learn_of_their_callers() => Assert.Equal(["Main", "Main", "Main", "1Main", "key2", "key3", "key + key4", "key5"], BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            string key = "k"; var who = new Who { }; await Coroutine.Yield(); Log(who.Name); Log(new Who { Value = await Later(1) }.Name); Log(new Who() { Value = await Later(1) }.Name); Log(who[1]);
            who[key] = "2"; who[key] = await Text("3"); who[key + key] = await Text("4"); Log(await Text(who[key]) + "5");
        }
        """, """
        public class Who([System.Runtime.CompilerServices.CallerMemberName] string name = "")
        {
            public string Name => name;
            public int Value;
            public string this[int n, [System.Runtime.CompilerServices.CallerMemberName] string by = ""] => n + by;
            public string this[string key, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(key))] string text = ""] { get => text; set => Log(text + value); }
        }
        """));

    [Fact]
    public void Interface_members_and_extensions_run_on_the_reference_lowering() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main() { IRuns r = new Runs(); await r.Explicit(1); await r.Default(2); Log(await Static<Runs>(3)); await 4.Old(); }
        [Coroutine] static async Coroutine<int> Static<T>(int n) where T : IRuns { int got = await T.Abstract(n); return got + await T.Virtual(n); }
        """, """
        public partial interface IRuns
        {
            Coroutine Explicit(int n);
            [Coroutine] async Coroutine Default(int n) { await Coroutine.Yield(); Log("default" + n); }
            static abstract Coroutine<int> Abstract(int n);
            [Coroutine] static virtual async Coroutine<int> Virtual(int n) { await Coroutine.Yield(); return n * 2; }
        }
        public partial class Runs : IRuns
        {
            [Coroutine] async Coroutine IRuns.Explicit(int n) { await Coroutine.Yield(); Log("explicit" + n); }
            [Coroutine] public static async Coroutine<int> Abstract(int n) { await Coroutine.Yield(); return n + 1; }
        }
        public static partial class Extensions { [Coroutine] public static async Coroutine Old(this int n) { await Coroutine.Yield(); Log("old" + n); } }
        """, accepted: 7);
}
