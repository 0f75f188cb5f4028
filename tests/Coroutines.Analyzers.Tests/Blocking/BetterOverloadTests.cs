using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.SynchronousOverloadAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;
using Foreign = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ForeignWaitAnalyzer>;
using ForeignFixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.ForeignWaitAnalyzer, Coroutines.CodeFixes.BlockingMemberFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.SynchronousOverloadAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class BetterOverloadTests
{
    /// <summary>A vendor's type: what is abstract has no body to look into, as what comes from a package.</summary>
    private static string WithStore(string statements) => InClass($$"""
        public interface IStore
        {
            void Save(int key);
            Task SaveAsync(int key, CancellationToken token = default);
            string Load(string key);
            ValueTask<string> LoadAsync(string key);
            T Get<T>(T otherwise);
            Task<T> GetAsync<T>(T otherwise);
            int Count();
            Coroutine<int> CountAsync();
            void Clear(bool all);
            Task ClearAsync();
            void Drop();
            Task DropAsync(CancellationToken token);
            int Parse(ref int at);
            Task<int> ParseAsync(ref int at);
            long Size();
            Task<int> SizeAsync();
            Task Send();
            Task SendAsync();
            void Dispose();
            Task DisposeAsync();
            [NonBlocking] void Peek();
            Task PeekAsync();
        }

        abstract class Own
        {
            public void Flush() { }
            public Task FlushAsync() => Task.CompletedTask;
        }

        [Coroutine]
        static async Coroutine Run(IStore store, Own own)
        {
        {{statements}}
            await Coroutine.Yield();
        }
        """);

    [Theory]
    [InlineData("store.[|Save|](1);")]
    [InlineData("string s = store.[|Load|](\"a\");")]
    [InlineData("int n = store.[|Get|](1);")]
    [InlineData("int n = store.[|Count|]();")]
    public Task A_call_with_an_asynchronous_counterpart_is_found(string statement) => Rule.Finds(WithStore(statement));

    [Theory]
    [InlineData("await store.SaveAsync(1);")]
    [InlineData("store.Clear(true);")]
    [InlineData("store.Drop();")]
    [InlineData("int n = 0; store.Parse(ref n);")]
    [InlineData("long n = store.Size();")]
    [InlineData("await store.Send();")]
    [InlineData("store.Dispose();")]
    [InlineData("store.Peek();")]
    [InlineData("own.Flush();")]
    [InlineData("var source = new CancellationTokenSource(); source.Cancel();")]
    [InlineData("await EventLoop.Current.RunInExecutor(() => store.Save(1));")]
    [InlineData("Action save = () => store.Save(1);")]
    [InlineData("string name = nameof(store.Save);")]
    public Task Other_calls_are_not(string statement) => Rule.Finds(WithStore(statement));

    [Fact]
    public Task The_counterpart_itself_may_call_it() => Rule.Finds(InClass("""
        abstract class Store
        {
            public abstract void Save();
            [Coroutine] public async Coroutine SaveAsync() { Save(); await Coroutine.Yield(); }
            [Coroutine] public async Coroutine Twice() { [|Save|](); await Coroutine.Yield(); }
        }
        """));

    [Fact]
    public Task What_a_vendor_only_keeps_in_memory_is_not() => Rule.Finds("""
        using Coroutines;
        namespace Microsoft.EntityFrameworkCore
        {
            public abstract class DbContext
            {
                public abstract object Add(object entity);
                public abstract Task<object> AddAsync(object entity, CancellationToken token = default);
                public abstract object Find(object key);
                public abstract Task<object> FindAsync(object key);
            }
        }

        static class Scene
        {
            static async Coroutine Run(Microsoft.EntityFrameworkCore.DbContext data)
            {
                data.Add(data.[|Find|](1));
                await Coroutine.Yield();
            }
        }
        """);

    [Fact]
    public async Task The_message_names_the_counterpart() =>
        Assert.Equal("'IStore.Save' in coroutine 'Run' does its work before it returns; use 'await SaveAsync(…)'", await Rule.Message(WithStore("store.[|Save|](1);")));

    [Theory]
    [InlineData("store.[|Save|](1);", "await store.SaveAsync(1);")]
    [InlineData("int n = store.[|Load|](\"a\").Length;", "int n = (await store.LoadAsync(\"a\")).Length;")]
    [InlineData("var n = store.[|Get<long>|](1);", "var n = await store.GetAsync<long>(1);")]
    public async Task The_fix_awaits_the_counterpart(string before, string after) => await Fixing.Gives(WithStore(before), WithStore(after));

    [Theory]
    [InlineData("string? s = ((IStore?)store)?.[|Load|](\"a\");")]
    [InlineData("lock (store) { store.[|Save|](1); }")]
    public Task No_fix_is_offered_where_await_may_not_stand(string statement) => Fixing.GivesNothing(WithStore(statement));

    [Fact]
    public Task All_calls_are_fixed_at_once() => Fixing.GivesAll(
        WithStore("store.[|Save|](store.[|Count|]()); string s = store.[|Load|](store.[|Load|](\"a\"));"),
        WithStore("await store.SaveAsync(await store.CountAsync()); string s = await store.LoadAsync(await store.LoadAsync(\"a\"));"));

    [Theory]
    [InlineData("await Task.[|Delay|](100);")]
    [InlineData("await Task.[|Delay|](time).ConfigureAwait(false);")]
    [InlineData("await Task.[|Yield|]();")]
    [InlineData("var late = Task.[|Delay|](100); await Task.WhenAny(task, late);")]
    public Task Waits_that_the_loop_has_too_are_found(string statement) => Foreign.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("await Task.Delay(100, token);")]
    [InlineData("await Task.Delay(time, TimeProvider.System);")]
    [InlineData("await Coroutine.Delay(time);")]
    [InlineData("Func<Task> later = async () => await Task.Delay(1);")]
    public Task Waits_with_a_token_or_clock_and_those_of_ordinary_code_are_not(string statement) => Foreign.Finds(InCoroutine(statement));

    [Theory]
    [InlineData("await Task.[|Delay|](milliseconds);", "await Coroutine.Delay(TimeSpan.FromMilliseconds(milliseconds));")]
    [InlineData("await Task.[|Delay|](time).ConfigureAwait(false);", "await Coroutine.Delay(time);")]
    [InlineData("await Task.[|Delay|](0);", "await Coroutine.Yield();")]
    [InlineData("await Task.[|Yield|](); // others", "await Coroutine.Yield(); // others")]
    [InlineData("Func<Coroutine> f = async () => await Task.[|Yield|]();", "Func<Coroutine> f = async () => await Coroutine.Yield();")]
    public async Task The_loop_s_own_wait_takes_their_place(string before, string after) => await ForeignFixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("await Task.[|Delay|](-1);")]
    [InlineData("var late = Task.[|Delay|](100); await late;")]
    public Task Not_where_it_would_mean_something_else(string statement) => ForeignFixing.GivesNothing(InCoroutine(statement));

    [Fact]
    public Task All_waits_are_fixed_at_once() => ForeignFixing.GivesAll(
        InCoroutine("await Task.[|Delay|](time);\nawait Task.[|Yield|]();\nvar late = Task.[|Delay|](1);"),
        InCoroutine("await Coroutine.Delay(time);\nawait Coroutine.Yield();\nvar late = Task.[|Delay|](1);"));
}
