using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Generator-style coroutines, written and called in every way: the compiler's iterator, driven by the loop, is the reference.</summary>
public sealed class IteratorTests
{
    private const string Iterators = """
        [Coroutine] public static IEnumerator<ILoopAwaitable?> Count(int n, string name = "c")
        {
            Log(name + " begins");
            try { for (int i = 0; i < n; i++) { Log(name + i); yield return null; } }
            finally { Log(name + " leaves"); }
            yield return Coroutine.Delay(TimeSpan.FromTicks(1));
            Log(name + " ends");
        }
        [Coroutine] public static IEnumerable<ILoopAwaitable?> Again(int n) { yield return Count(n, "again").AsCoroutine(); n--; yield return Coroutine.NextTurn(); Log("n" + n); }
        [Coroutine] public static IEnumerator<ILoopAwaitable> Failing(string text) { try { yield return Later(1); throw new InvalidOperationException(text); } finally { Log("failing left"); } }
        [Coroutine] public static IEnumerator<ILoopAwaitable> Tree(int depth) { if (depth == 0) yield break; yield return Tree(depth - 1).AsCoroutine(); Log("d" + depth); yield return Coroutine.Yield(); yield return Tree(depth - 1).AsCoroutine(); }
        """;

    private static IReadOnlyList<string> Body(string body, string members = "", string types = "", int accepted = -1) =>
        BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + Iterators + "\n" + members, types, accepted);

    [Fact]
    public void Awaited_spawned_and_wrapped() => Body("""
        await Count(2);
        await (Count(name: "named", n: 1));
        await Count(await Later(1), await Text("late")).AsCoroutine();
        var task = EventLoop.Current.Spawn(Count(2, "task"), "named");
        var other = EventLoop.Current.Spawn((Count(1, "other")));
        Log(task.Name); await task; await other; Log(task.Status);
        await EventLoop.Current.Spawn(Again(1));
        await Again(2);
        await using (var group = new TaskGroup()) { group.Spawn(Count(1, "x")); group.Spawn(Count(2, "y")); group.Spawn(Again(1)); await group.Join(); }
        Log(await Coroutine.MoveOnAfter(Count(1, "moved").AsCoroutine(), TimeSpan.FromHours(1)));
        try { await Forever().AsCoroutine().WithTimeout(TimeSpan.FromTicks(5)); } catch (TimeoutException) { Log("timeout"); }
        Func<int, IEnumerator<ILoopAwaitable?>> group2 = n => Count(n, "lambda");
        await group2(1);
        await Tree(4);
        Coroutine kept = Count(1, "kept").AsCoroutine(), shown = Count(1, "shown")
            .AsCoroutine ( ) ;
        Log("cold"); await shown; await kept;
        await Coroutine.WhenAll(Count(1, "a").AsCoroutine(), Again(1).AsCoroutine(), Later2());
    """, """
        [Coroutine] static IEnumerator<ILoopAwaitable> Forever() { try { while (true) yield return Coroutine.Delay(TimeSpan.FromTicks(2)); } finally { Log("forever left"); } }
        [Coroutine] static async Coroutine Later2() { await Count(1, "inner"); Log("later2"); }
        """);

    [Fact]
    public void Values_that_are_advanced_by_hand_are_the_compilers() => Body("""
        var byHand = Count(2, "hand");
        while (byHand.MoveNext()) Log(byHand.Current?.GetType().Name);
        byHand.Dispose();
        var begun = Count(3, "begun"); begun.MoveNext(); await begun;
        using (var left = Count(3, "left")) { left.MoveNext(); }
        foreach (var x in Again(2)) Log(x?.GetType().Name);
        var twice = Again(1); await twice; await twice; await EventLoop.Current.Spawn(twice);
        foreach (var x in twice.Skip(1)) Log(x);
        var enumerator = twice.GetEnumerator(); await enumerator;
        var once = Count(1, "once"); await once;
        try { await once; } catch (InvalidOperationException e) { Log(e.Message); }
        try { EventLoop.Current.Spawn(once); } catch (InvalidOperationException e) { Log(e.Message); }
        var both = Count(1, "both"); var cold = both.AsCoroutine();
        try { _ = both.AsCoroutine(); } catch (InvalidOperationException e) { Log(e.Message); }
        await cold;
        try { await ((IEnumerator<ILoopAwaitable>)null!); } catch (ArgumentNullException e) { Log(e.ParamName); }
    """);

    [Fact]
    public void Everything_that_can_be_yielded() => Body("""
        var future = new Future<int>(EventLoop.Current);
        EventLoop.Current.CallSoon(static f => f.SetResult(7), future);
        var all = All(future, EventLoop.Current.Spawn(Later(3)), EventLoop.Current.Spawn(Count(1)));
        await all;
        await Interfaces([Coroutine.Yield(), null, future, Coroutine.Delay(TimeSpan.FromTicks(3)), Later(1), Count(1, "list").AsCoroutine()]);
        await Typed(Coroutine.Delay(TimeSpan.FromTicks(2)));
        await Typed(future);
        await Own(new Custom("struct"), new CustomClass("class"));
    """, """
        [Coroutine] static IEnumerator<ILoopAwaitable?> All(Future<int> future, CoroutineTask<int> number, CoroutineTask task)
        {
            yield return Coroutine.Delay(TimeSpan.FromTicks(1));
            yield return Coroutine.Yield();
            yield return Coroutine.NextTurn();
            yield return Coroutine.Checkpoint();
            yield return future; Log(future.Result);
            Future<int>? none = null; yield return none; Log("none");
            var n = number.WithResult(); yield return n; Log(n.Result);
            yield return task; Log(task.Status);
            yield return Later(5);
            var l = Later(6).WithResult(); Log(l.HasResult); try { Log(l.Result); } catch (InvalidOperationException e) { Log(e.Message); } yield return l; Log(l.Result); Log(l.HasResult);
            var mutex = new LoopLock();
            var hold = mutex.Acquire().WithResult(); yield return hold; using (hold.Result) { Log(mutex.IsHeld); yield return null; } Log(mutex.IsHeld);
            var semaphore = new LoopSemaphore(1); var permit = semaphore.Acquire().WithResult(); yield return permit; permit.Result.Dispose();
            var set = new LoopEvent(); set.Set(); yield return set.Wait();
            var barrier = new LoopBarrier(1); var place = barrier.SignalAndWait().WithResult(); yield return place; Log(place.Result);
            var channel = LoopChannel.CreateUnbounded<string>();
            yield return channel.Write("item"); var can = channel.WaitToRead().WithResult(); yield return can; Log(can.Result); var read = channel.Read().WithResult(); yield return read; Log(read.Result);
            channel.Complete(); yield return channel.Completion; 
            yield return default; yield return (null); yield return future.IsCompleted ? Coroutine.Delay(TimeSpan.Zero) : null;
            ILoopAwaitable any = future; yield return any; yield return any as ILoopAwaitable<int>;
            DelayAwaitable? maybe = null; yield return maybe; maybe = Coroutine.Delay(TimeSpan.FromTicks(4)); yield return maybe;
            yield return future.IsCompleted switch { true => Later(1), _ => (ILoopAwaitable)Coroutine.Yield() };
            Log(EventLoop.Current.Now.Ticks > 0);
        }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Interfaces(ILoopAwaitable?[] items) { foreach (var item in items) { yield return item; Log("one"); } }
        [Coroutine] static IEnumerator<ILoopAwaitable> Typed<T>(T awaitable) where T : ILoopAwaitable { yield return awaitable; Log(typeof(T).Name); }
        [Coroutine] static IEnumerator<ILoopAwaitable> Own(Custom a, CustomClass b) { yield return a; yield return b; }
        """, """
        public struct Custom(string name) : ILoopAwaitable { public Coroutine AsCoroutine() => Program.Main2(name); }
        public sealed class CustomClass(string name) : ILoopAwaitable { public Coroutine AsCoroutine() => Program.Main2(name); public Coroutine.Awaiter GetAwaiter() => throw new NotSupportedException(); }
        public static partial class Program { [Coroutine] public static async Coroutine Main2(string name) { Log(name); await Coroutine.Yield(); Log(name + " done"); } }
        """);

    [Fact]
    public void What_a_yielded_awaitable_throws_ends_the_coroutine() => Body("""
        try { await Failing("own"); } catch (InvalidOperationException e) { Log(e.Message); }
        try { await Outer(); } catch (InvalidOperationException e) when (Show("filter", e.Message) != "") { Log(e.Message); }
        try { await Broken(); } catch (ArgumentException e) { Log(e.Message); }
        try { await Evaluating(); } catch (ArgumentException e) { Log(e.Message); }
        var task = EventLoop.Current.Spawn(Outer()); try { await task; } catch (InvalidOperationException e) { Log(e.Message); } Log(task.Status);
        try { await Defaults(); } catch (InvalidOperationException e) { Log(e.Message); }
    """, """
        [Coroutine] static IEnumerator<ILoopAwaitable> Outer() { try { try { yield return Failing("inner").AsCoroutine(); Log("never"); } finally { Log("inner finally"); } } finally { Log("outer finally"); } }
        [Coroutine] static IEnumerator<ILoopAwaitable> Broken() { try { yield return Failing("lost").AsCoroutine(); } finally { Log("breaking"); if (Lines.Count > 0) throw new ArgumentException("from finally"); } }
        [Coroutine] static IEnumerator<ILoopAwaitable> Evaluating() { try { yield return Thrown(); } finally { Log("evaluated"); } }
        [Coroutine] static IEnumerator<ILoopAwaitable> Defaults() { try { yield return default(LockAwaitable); } finally { Log("default left"); } }
        static ILoopAwaitable Thrown() => throw new ArgumentException("evaluation");
        """);

    [Fact]
    public void Everything_a_body_may_contain() => Body("""
        var agent = new Agent("smith");
        await agent.Walk(2); await agent.Virtual(); await ((Agent)new Special()).Virtual(); await new Special().Base(); Log(agent.Steps);
        var place = new Place { X = 1 }; await place.Move(); Log(place.X); await place.Twice();
        await Statements(3);
        await Generic<string>("a", ["b", "c"]); await 4.Extended(); await Overloaded(1); await Overloaded("s");
        await Optional(); await Optional(b: "z");
        await Empty(); await Local();
    """, """
        [Coroutine] static IEnumerator<ILoopAwaitable?> Statements(int n)
        {
            Func<int> f; int own = 5;
            foreach (int i in new[] { 1, 2, 3 }) { if (i == 2) continue; int mine = i; f = () => mine++ + own; yield return null; Log(f() + f()); own++; }
            using (var plain = new Closing("using")) { yield return Coroutine.Yield(); }
            using var declared = new Closing("declared");
            switch (n) { case 3: yield return null; Log("three"); goto case 4; case 4: Log("four"); break; default: yield break; }
            do { n--; if (n == 1) break; yield return null; } while (n > 0);
            checked { try { int big = int.MaxValue; big += n; Log(big); } catch (OverflowException) { Log("over"); } }
            var (a, b) = (n, "t"); if (a is 1 and var c) { yield return null; Log(c + b); }
            again: n++; yield return null; if (n < 3) goto again;
            { Span<int> span = stackalloc int[2]; span[0] = n; ref int first = ref span[0]; first++; n = span[0]; } yield return null; Log(n);
            int Add(int v) => own += v;
            Log(Add(1)); yield return null; Log(Add(2));
            try { yield return Later(1); if (n > 0) yield break; } finally { Log("break leaves"); }
            Log("not reached");
        }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Generic<T>(T first, params T[] more) where T : notnull { yield return null; Log(first); foreach (T item in more) { yield return null; Log(item); } }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Extended(this int n) { yield return null; Log(n); }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Overloaded(int n) { yield return null; Log(n); }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Overloaded(string n) { yield return null; Log(n); }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Optional(int a = 3, string b = "o") { yield return null; Log(a + b); }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Empty() { Log("empty"); yield break; }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Local() { IEnumerator<ILoopAwaitable> Inner() { yield return Later(1); Log("inner"); } yield return Inner().AsCoroutine(); static IEnumerable<int> Plain() { yield return 1; yield return 2; } foreach (int x in Plain()) { yield return null; Log(x); } }
        """, """
        public sealed class Closing(string name) : IDisposable { public void Dispose() => Log(name + " closed"); }
        public partial class Agent(string name)
        {
            public int Steps;
            [Coroutine] public IEnumerator<ILoopAwaitable> Walk(int steps) { for (int i = 0; i < steps; i++) { Steps++; yield return Step(); } Log(name + Steps); }
            [Coroutine] async Coroutine Step() => await Coroutine.Yield();
            [Coroutine] public virtual IEnumerator<ILoopAwaitable?> Virtual() { yield return null; Log("base"); }
        }
        public sealed partial class Special() : Agent("special")
        {
            [Coroutine] public override IEnumerator<ILoopAwaitable?> Virtual() { yield return base.Virtual().AsCoroutine(); Log("special"); }
            [Coroutine] public async Coroutine Base() { await base.Virtual(); var e = base.Virtual(); e.MoveNext(); Log(e.MoveNext()); }
        }
        public partial struct Place { public int X; [Coroutine] public IEnumerator<ILoopAwaitable?> Move() { X++; yield return null; X++; Log(X); } [Coroutine] public readonly IEnumerable<ILoopAwaitable?> Twice() { yield return null; Log(X); } }
        """);

    [Fact]
    public void One_the_generator_refuses_is_driven_as_it_is() => Body("""
        await Refused(1); await Refused(2).AsCoroutine(); await EventLoop.Current.Spawn(Refused(3)); var value = Refused(4); await value; await Caller();
        await Inner(6); await EventLoop.Current.Spawn(Inner(7)); var hand = Inner(8); hand.MoveNext(); await hand.AsCoroutine();
        [Coroutine] IEnumerator<ILoopAwaitable?> Inner(int n) { yield return null; Log(n + Lines.Count); }
    """, """
        [Coroutine] static IEnumerator<ILoopAwaitable?> Refused(int n) { object o = new(); lock (o) { Log("locked" + n); } unsafe { int* p = stackalloc int[1]; *p = n; Log(*p); } yield return null; var d = (1, new { N = n }); yield return null; Log(d.Item2.N); }
        [Coroutine] static IEnumerator<ILoopAwaitable?> Caller() { yield return Refused(5).AsCoroutine(); }
        [Coroutine] static IEnumerator<ILoopAwaitable> PassedOn() => Failing("passed");
        """, accepted: 9);

    [Fact]
    public void A_type_that_lends_the_awaiter_of_a_coroutine_runs_in_place() => Body("""
        Log(await new Lends(1) + await new Lends(2)); Log(CoroutineTask.Current.Name == null);
        await new LendsPlain();
    """, "", """
        public readonly struct Lends(int n) { public Coroutine<int>.Awaiter GetAwaiter() => Program.Named(n).GetAwaiter(); }
        public sealed class LendsPlain { public Coroutine.Awaiter GetAwaiter() => Program.Count(1, "lent").AsCoroutine().GetAwaiter(); }
        public static partial class Program { [Coroutine] public static async Coroutine<int> Named(int n) { Log(EventLoop.Current.TaskCount); await Coroutine.Yield(); return n; } }
        """);
}
