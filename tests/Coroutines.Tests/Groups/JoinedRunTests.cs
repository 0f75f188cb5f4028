namespace Coroutines.Tests.Groups;

/// <summary>A body of <see cref="TaskGroup.Run(Func{TaskGroup, Coroutine})"/> that joins its group itself.</summary>
public partial class JoinedRunTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void A_failure_that_Join_has_thrown_is_not_told_again()
    {
        var failures = Assert.Throws<AggregateException>(() => VirtualLoop.Run(TaskGroup.Run(JoinFailing)));
        var joined = Assert.IsType<AggregateException>(Assert.Single(failures.InnerExceptions));
        Assert.Equal("child", Assert.Single(joined.InnerExceptions).Message);
    }

    [Fact]
    public void A_failure_that_the_body_has_dealt_with_is_none_of_the_run()
    {
        VirtualLoop.Run(TaskGroup.Run(group => Catch(JoinFailing(group))));
        _trace.AssertIs("caught child");
    }

    [Coroutine]
    private static async Coroutine JoinFailing(TaskGroup group)
    {
        group.Spawn(Fail());
        await group.Join();
    }

    [Coroutine]
    private async Coroutine Catch(Coroutine body)
    {
        try
        {
            await body;
        }
        catch (AggregateException exception)
        {
            _trace.Add($"caught {string.Join(", ", exception.InnerExceptions.Select(static inner => inner.Message))}");
        }
    }

    [Coroutine]
    private static async Coroutine Fail()
    {
        await Coroutine.Yield();
        throw new InvalidOperationException("child");
    }
}
