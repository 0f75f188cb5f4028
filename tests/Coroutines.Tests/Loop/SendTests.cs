namespace Coroutines.Tests.Loop;

/// <summary><c>Send</c> of the loop's synchronization context: calls on the loop's thread, and returns when the call has.</summary>
public class SendTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void On_the_loops_thread_it_calls_in_place_while_the_loop_runs()
    {
        using var loop = VirtualLoop.Create();
        loop.CallSoon(() =>
        {
            SynchronizationContext.Current!.Send(_ => _trace.Add("sent"), null);
            _trace.Add("returned");
        });
        loop.RunOnce();
        _trace.AssertIs("sent", "returned");
    }

    [Fact]
    public void On_the_loops_thread_it_calls_in_place_between_two_runs()
    {
        using var loop = VirtualLoop.Create();
        Context(loop).Send(_ => _trace.Add("sent"), null);
        _trace.AssertIs("sent");
    }

    [Fact]
    public void On_another_thread_it_waits_for_the_loop()
    {
        using var loop = VirtualLoop.Create();
        var context = Context(loop);
        int home = Environment.CurrentManagedThreadId;
        var other = new Thread(() =>
        {
            context.Send(_ => _trace.Add($"sent at home: {Environment.CurrentManagedThreadId == home}"), null);
            _trace.Add(Assert.Throws<InvalidOperationException>(() => context.Send(_ => throw new InvalidOperationException("boom"), null)).Message);
            context.Send(_ => loop.Stop(), null);
        });
        other.Start();
        loop.RunForever();
        other.Join();
        _trace.AssertIs("sent at home: True", "boom");
    }

    private static SynchronizationContext Context(EventLoop loop)
    {
        SynchronizationContext? context = null;
        loop.CallSoon(() => context = SynchronizationContext.Current);
        loop.RunOnce();
        return context!;
    }
}
