namespace Coroutines.Tests.Groups;

/// <summary>A group that is used by others than the block that opened it, or after it.</summary>
public partial class HandedOnGroupTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void A_group_whose_task_has_ended_takes_no_children()
    {
        using var loop = VirtualLoop.Create();
        TaskGroup? leaked = null;
        loop.RunUntilComplete(Leak());
        Assert.Contains("The group is closed", Assert.Throws<InvalidOperationException>(() => leaked!.Spawn(Fail(null!))).Message, StringComparison.Ordinal);
        Assert.Equal(0, loop.TaskCount);

        async Coroutine Leak()
        {
            leaked = new TaskGroup();
            await Coroutine.Yield();
        }
    }

    [Fact]
    public void Who_starts_a_child_from_outside_hears_that_it_has_failed()
    {
        var failures = Assert.Throws<AggregateException>(() => VirtualLoop.Run(TaskGroup.Run(group => StartOutside(group))));
        Assert.Equal("child", Assert.Single(failures.InnerExceptions).Message);
        _trace.AssertIs("outside InvalidOperationException: The child ended without having completed the future that says it is ready.");
    }

    [Fact]
    public void A_child_that_is_never_ready_is_no_failure_once_nobody_waits_for_it()
    {
        using (var loop = VirtualLoop.Create())
        {
            loop.UnhandledException += (_, args) => _trace.Add($"reported {args.Exception.Message}");
            loop.RunUntilComplete(TaskGroup.Run(GiveUp));
        }

        _trace.AssertIs("given up", "child ends");
    }

    [Coroutine]
    private async Coroutine StartOutside(TaskGroup group) => await EventLoop.Current.Spawn(Start(group));

    [Coroutine]
    private async Coroutine Start(TaskGroup group)
    {
        try
        {
            await group.Start<int>(Fail);
        }
        catch (Exception exception)
        {
            _trace.Add($"outside {exception.GetType().Name}: {exception.Message}");
        }
    }

    [Coroutine]
    private async Coroutine GiveUp(TaskGroup group)
    {
        await Coroutine.MoveOnAfter(group.Start<int>(End), TimeSpan.FromSeconds(1));
        _trace.Add("given up");
    }

    [Coroutine]
    private async Coroutine End(Future<int> ready)
    {
        await Coroutine.Delay(TimeSpan.FromSeconds(2));
        _trace.Add("child ends");
    }

    [Coroutine]
    private static async Coroutine Fail(Future<int> ready)
    {
        await Coroutine.Yield();
        throw new NotSupportedException("child");
    }
}
