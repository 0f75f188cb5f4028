using Xunit;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TransitiveBlockingAnalyzer>;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary>CORO106: members that run without being called by name.</summary>
public sealed class MemberTests
{
    private const string Store = """
        using Coroutines;

        class Store : IDisposable, IAsyncDisposable, System.Collections.IEnumerable
        {
            static void Park() => Thread.Sleep(1);

            public Store() { }
            public Store(int n) => Park();
            public int Length { get { Park(); return 1; } set { } }
            public int Width { get => 1; set => Park(); }
            public int Count { get; set; }
            public int this[int n] { get { Park(); return n; } set { } }
            public Store Slice(int start, int length) { Park(); return this; }
            public event Action Opened { add => Park(); remove { } }
            public void Dispose() => Park();
            public ValueTask DisposeAsync() { Park(); return default; }
            public void Add(int n) => Park();
            public void Deconstruct(out int a, out int b) { Park(); a = b = 1; }
            public override string ToString() { Park(); return ""; }
            public static Store operator +(Store a, Store b) { Park(); return a; }
            public static Store operator -(Store a) { Park(); return a; }
            public static Store operator ++(Store a) { Park(); return a; }
            public static bool operator true(Store a) { Park(); return true; }
            public static bool operator false(Store a) => false;
            public static implicit operator int(Store a) { Park(); return 1; }
            public static explicit operator Store(int n) { Park(); return new(); }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!;
            public Items GetEnumerator() => new();
        }

        class Items
        {
            public bool MoveNext() { Thread.Sleep(1); return false; }
            public int Current => 1;
        }

        struct Awaited
        {
            public Awaiter GetAwaiter() { Thread.Sleep(1); return default; }
            public struct Awaiter : System.Runtime.CompilerServices.INotifyCompletion
            {
                public bool IsCompleted => true;
                public void GetResult() { }
                public void OnCompleted(Action continuation) { }
            }
        }

        class Eager { public int N = Load(); static int Load() { Thread.Sleep(1); return 1; } }
        class Derived : Eager { }
        class Primary(int n) : Store(n) { public int N => n; }
        static class Cache { static Cache() => Thread.Sleep(1); public static int Size; public static void Touch() { } }
        static class Lazily { public static int Size = Load(); static int Load() { Thread.Sleep(1); return 1; } public static void Touch() { } }
        record Copied(int N) { protected Copied(Copied other) { Thread.Sleep(1); N = other.N; } }
        class Sealing { public event Action? Quiet; public int Plain { get; set; } public void Raise() => Quiet?.Invoke(); }

        partial class Scene
        {
            static async Task Slowly() { Thread.Sleep(1); await Task.Yield(); }

            [Coroutine]
            static async Coroutine Run(Store store, object any, Copied copied)
            {
                STATEMENT
                await Coroutine.Yield();
            }
        }
        """;

    [Theory]
    [InlineData("int n = store.{|CORO106:Length|};")]
    [InlineData("store.{|CORO106:Width|} = 1;")]
    [InlineData("store.{|CORO106:Length|} += 1;")]
    [InlineData("store.{|CORO106:Width|}++;")]
    [InlineData("(store.{|CORO106:Width|}, int m) = (1, 2);")]
    [InlineData("int n = {|CORO106:store[0]|};")]
    [InlineData("store.{|CORO106:Opened|} += () => { };")]
    [InlineData("{|CORO106:using|} var other = new Store();")]
    [InlineData("{|CORO106:using|} (new Store()) { }")]
    [InlineData("await {|CORO106:using|} var other = new Store();")]
    [InlineData("{|CORO106:foreach|} (int n in store) { }")]
    [InlineData("store = store {|CORO106:+|} store;")]
    [InlineData("store {|CORO106:+=|} store;")]
    [InlineData("store = {|CORO106:-|}store;")]
    [InlineData("store{|CORO106:++|};")]
    [InlineData("if ({|CORO106:store|}) { }")]
    [InlineData("int n = {|CORO106:store|};")]
    [InlineData("store = ({|CORO106:Store|})1;")]
    [InlineData("var made = new {|CORO106:Store|}(1);")]
    [InlineData("Store made = {|CORO106:new|}(1);")]
    [InlineData("var made = new {|CORO106:Eager|}();")]
    [InlineData("var made = new {|CORO106:Derived|}();")]
    [InlineData("var made = new {|CORO106:Primary|}(1);")]
    [InlineData("var made = new Store { {|CORO106:1|} };")]
    [InlineData("var (a, b) {|CORO106:=|} store;")]
    [InlineData("if (any is {|CORO106:Store (1, _)|}) { }")]
    [InlineData("if (any is Store { {|CORO106:Length|}: 1 }) { }")]
    [InlineData("int n = {|CORO106:store[^1]|};")]
    [InlineData("var s = {|CORO106:store[1..2]|};")]
    [InlineData("string s = $\"{|CORO106:{store}|}\";")]
    [InlineData("string s = \"a\" {|CORO106:+|} store;")]
    [InlineData("int n = Cache.{|CORO106:Size|};")]
    [InlineData("Cache.{|CORO106:Touch|}();")]
    [InlineData("int n = Lazily.{|CORO106:Size|};")]
    [InlineData("var other = copied {|CORO106:with|} { N = 1 };")]
    [InlineData("{|CORO106:await|} new Awaited();")]
    [InlineData("await {|CORO106:Slowly|}();")]
    public Task They_are_found_where_they_run(string statement) => Rule.Finds(Store.Replace("STATEMENT", statement, StringComparison.Ordinal));

    [Theory]
    [InlineData("store.Length = 1;")]
    [InlineData("int n = store.Width;")]
    [InlineData("store.Count++;")]
    [InlineData("store.Opened -= () => { };")]
    [InlineData("var made = new Store();")]
    [InlineData("string name = nameof(store.Length);")]
    [InlineData("Lazily.Touch();")]
    [InlineData("var s = new Sealing(); s.Quiet += () => { }; s.Plain++; s.Raise();")]
    [InlineData("await EventLoop.Current.RunInExecutor(() => { using var other = new Store(1); int n = other.Length; });")]
    public Task What_does_not_run_or_block_is_not(string statement) => Rule.Finds(Store.Replace("STATEMENT", statement, StringComparison.Ordinal));

    [Fact]
    public async Task The_message_names_the_member() => Assert.Equal(
        "'Store.Dispose' in coroutine 'Run' leads to a blocking call: Store.Dispose → Store.Park → Thread.Sleep",
        await Rule.Message(Store.Replace("STATEMENT", "{|CORO106:using|} var other = new Store();", StringComparison.Ordinal)));

    [Fact]
    public async Task Constructors_and_operators_have_readable_names()
    {
        Assert.StartsWith("'new Primary' in coroutine 'Run' leads to a blocking call: new Primary → new Store → Store.Park → Thread.Sleep", await Message("var made = new {|CORO106:Primary|}(1);"));
        Assert.StartsWith("'Store.operator +' ", await Message("store = store {|CORO106:+|} store;"));
        Assert.StartsWith("'Store.implicit conversion' ", await Message("int n = {|CORO106:store|};"));
        Assert.StartsWith("'Store[]' ", await Message("int n = {|CORO106:store[0]|};"));
        Assert.StartsWith("'static Cache' ", await Message("int n = Cache.{|CORO106:Size|};"));
    }

    private static Task<string> Message(string statement) => Rule.Message(Store.Replace("STATEMENT", statement, StringComparison.Ordinal));
}
