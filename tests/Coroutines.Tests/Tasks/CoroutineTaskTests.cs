namespace Coroutines.Tests.Tasks;

public partial class CoroutineTaskTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void Everybody_who_awaits_a_running_task_gets_its_result()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(Answer());
        for (int i = 0; i < 3; i++)
            loop.Spawn(Await($"{i}", task));
        loop.Spawn(AwaitLater("in the turn of its end", task));
        loop.RunOnce();
        loop.RunOnce(TimeSpan.FromSeconds(2));
        loop.RunOnce();
        _trace.AssertIs("in the turn of its end: 42", "0: 42", "1: 42", "2: 42");
        Assert.Equal(CoroutineStatus.RanToCompletion, task.Status);
    }

    [Fact]
    public void After_the_result_has_been_taken_another_await_says_so()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(Answer());
        loop.RunUntilComplete(Await("first", task));
        var exception = Assert.Throws<InvalidOperationException>(() => loop.RunUntilComplete(Await("second", task)));
        Assert.Contains("has been taken", exception.Message, StringComparison.Ordinal);
        _trace.AssertIs("first: 42");
    }

    [Fact]
    public void A_task_without_a_result_can_be_awaited_any_number_of_times()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(Nothing());
        for (int i = 0; i < 3; i++)
            loop.RunUntilComplete(Join(task));
        _trace.AssertIs("joined", "joined", "joined");
        Assert.True(task.IsCompleted);
        Assert.False(task.Cancel());
    }

    [Fact]
    public void A_cancelled_task_stays_cancelled_for_every_await()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(Nothing());
        loop.RunOnce();
        Assert.True(task.Cancel());
        Assert.False(task.Cancel());
        for (int i = 0; i < 2; i++)
            Assert.Throws<OperationCanceledException>(() => loop.RunUntilComplete(Join(task)));
        Assert.Equal(CoroutineStatus.Cancelled, task.Status);
    }

    [Fact]
    public void Cancelling_the_one_who_awaits_leaves_the_task_running()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(Answer());
        var waiter = loop.Spawn(Await("waiter", task));
        loop.RunOnce();
        waiter.Cancel();
        loop.RunOnce();
        Assert.Equal(CoroutineStatus.Cancelled, waiter.Status);
        loop.RunUntilComplete(Await("other", task));
        _trace.AssertIs("other: 42");
    }

    [Fact]
    public void Names_status_and_the_list_of_tasks_tell_what_runs()
    {
        using var loop = VirtualLoop.Create();
        var first = loop.Spawn(Nothing(), "first");
        CoroutineTask second = loop.Spawn(Answer(), "second");
        Assert.Equal("first", first.Name);
        Assert.Equal(CoroutineStatus.Running, first.Status);
        Assert.Equal([first, second], loop.Tasks);
        Assert.Equal(2, loop.TaskCount);
        Assert.True(second == loop.Tasks[1] && second != first);
        Assert.Equal(second.GetHashCode(), loop.Tasks[1].GetHashCode());
        loop.RunUntilComplete(Join(first));
        Assert.Equal([second], loop.Tasks);
        loop.RunUntilComplete(Join(second));
        Assert.Empty(loop.Tasks);
    }

    [Fact]
    public void Current_is_the_task_that_was_spawned_also_in_the_coroutines_it_awaits()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(TellCurrent(), "me");
        loop.RunOnce();
        _trace.AssertIs("me", "me");
        Assert.True(task.IsCompleted);
    }

    [Fact]
    public void A_task_is_spawned_in_the_next_turn_and_awaits_resume_in_the_turn_after_the_end()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(Nothing());
        loop.Spawn(Join(task));
        loop.RunOnce();
        loop.RunOnce(TimeSpan.FromSeconds(5));
        Assert.True(task.IsCompleted);
        _trace.AssertIs();
        loop.RunOnce();
        _trace.AssertIs("joined");
    }

    [Fact]
    public async Task As_a_framework_task_it_has_the_same_outcome()
    {
        using var loop = VirtualLoop.Create();
        var result = loop.Spawn(Answer());
        var cancelled = loop.Spawn(Nothing());
        Task<int>? resultTask = null;
        Task? cancelledTask = null;
        loop.CallSoon(() =>
        {
            resultTask = result.AsTask();
            cancelledTask = cancelled.AsTask();
            cancelled.Cancel();
        });
        loop.RunUntilComplete(Join(result));
        loop.RunOnce();
        Assert.Equal(42, await resultTask!);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelledTask!);
    }

    [Coroutine]
    private static async Coroutine<int> Answer()
    {
        await Coroutine.Delay(TimeSpan.FromSeconds(2));
        return 42;
    }

    [Coroutine]
    private async Coroutine AwaitLater(string who, CoroutineTask<int> task)
    {
        await Coroutine.Delay(TimeSpan.FromSeconds(2));
        await Await(who, task);
    }

    [Coroutine]
    private static async Coroutine Nothing() => await Coroutine.Delay(TimeSpan.FromSeconds(1));

    [Coroutine]
    private async Coroutine Await(string who, CoroutineTask<int> task) => _trace.Add($"{who}: {await task}");

    [Coroutine]
    private async Coroutine Join(CoroutineTask task)
    {
        await task;
        _trace.Add("joined");
    }

    [Coroutine]
    private async Coroutine TellCurrent()
    {
        _trace.Add(CoroutineTask.Current.Name!);
        await TellCurrentInside();
    }

    [Coroutine]
    private async Coroutine TellCurrentInside() => _trace.Add(CoroutineTask.Current.Name!);
}
