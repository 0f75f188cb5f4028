namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// The mechanical replacement of a blocking call. It travels to the code fix as a property of the diagnostic,
/// <c>BlockingMemberAnalyzer.FixProperty</c>.
/// </summary>
internal enum BlockingFix
{
    /// <summary>No replacement that means the same.</summary>
    None,

    /// <summary><c>Thread.Sleep(x)</c> → <c>await Coroutine.Delay(x)</c>, or <c>Coroutine.Yield()</c> for zero.</summary>
    Delay,

    /// <summary><c>t.Wait()</c>, <c>t.Result</c>, <c>t.GetAwaiter().GetResult()</c> → <c>await t</c>.</summary>
    Await,

    /// <summary><c>t.Wait(token)</c> → <c>await t.WaitAsync(token)</c>.</summary>
    AwaitWithToken,

    /// <summary><c>Task.WaitAll(a, b)</c> → <c>await Task.WhenAll(a, b)</c>.</summary>
    AwaitAll,

    /// <summary>What only gives way, like <c>Thread.Yield()</c> → <c>await Coroutine.Yield()</c>.</summary>
    Yield,

    /// <summary><c>await Task.Delay(x)</c> → <c>await Coroutine.Delay(x)</c>.</summary>
    LoopDelay,

    /// <summary><c>await Task.Yield()</c> → <c>await Coroutine.Yield()</c>.</summary>
    LoopYield,

    /// <summary><c>x.Foo(a)</c> → <c>await x.FooAsync(a)</c>; where there is no such member, as <see cref="Executor"/>.</summary>
    Counterpart,

    /// <summary><c>x.Foo(a)</c> → <c>await EventLoop.Current.RunInExecutor(() => x.Foo(a))</c>.</summary>
    Executor,

    /// <summary><c>await x.FooAsync(a)</c> → <c>await EventLoop.Current.RunInExecutor(() => x.Foo(a))</c>.</summary>
    SynchronousInExecutor,

    /// <summary><c>Task.Run(f)</c> → <c>await EventLoop.Current.RunInExecutor(f)</c>.</summary>
    HandOver,
}
