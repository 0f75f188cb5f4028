namespace Coroutines.Tests.Groups;

/// <summary>Groups nested deeper than a stack reaches: opening, cancelling and leaving them costs the same at every level.</summary>
public partial class DeepGroupTests
{
    private const int Deep = 50_000;

    private int _opened;
    private int _left;

    [Fact]
    public void A_chain_of_groups_is_cancelled_from_its_root()
    {
        using var loop = VirtualLoop.Create();
        var root = loop.Spawn(Nested(Deep));
        while (_opened < Deep)
            loop.RunOnce();
        loop.RunOnce();
        Assert.Equal(Deep + 1, loop.TaskCount);
        root.Cancel();
        loop.RunUntilComplete(Ended(root));
        Assert.Equal(CoroutineStatus.Cancelled, root.Status);
        Assert.Equal(Deep, _left);
        Assert.Equal(0, loop.TaskCount);
    }

    [Fact]
    public void A_failure_at_the_bottom_rises_to_the_root()
    {
        using var loop = VirtualLoop.Create();
        var root = loop.Spawn(Nested(Deep / 10, fails: true));
        var failure = Assert.Throws<InvalidOperationException>(() => loop.RunUntilComplete(Ended(root)));
        Assert.Equal("bottom", failure.Message);
        Assert.Equal(Deep / 10, _left);
        Assert.Equal(0, loop.TaskCount);
    }

    [Fact]
    public void Disposing_the_loop_ends_a_chain_of_groups()
    {
        using (var loop = VirtualLoop.Create())
        {
            loop.Spawn(Nested(Deep));
            while (_opened < Deep)
                loop.RunOnce();
        }

        Assert.Equal(Deep, _left);
    }

    [Coroutine]
    private async Coroutine Nested(int depth, bool fails = false)
    {
        if (depth == 0)
        {
            if (fails)
                throw new InvalidOperationException("bottom");
            await new Future<int>();
        }

        try
        {
            await using var group = new TaskGroup();
            group.Spawn(Nested(depth - 1, fails));
            _opened++;
            await group.Join();
        }
        catch (AggregateException failure)
        {
            // Not a level of the message for each of the chain.
            throw failure.InnerExceptions.Single();
        }
        finally
        {
            _left++;
        }
    }

    [Coroutine]
    private static async Coroutine Ended(CoroutineTask task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
        }
    }
}
