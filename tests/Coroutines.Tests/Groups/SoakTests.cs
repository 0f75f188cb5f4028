namespace Coroutines.Tests.Groups;

/// <summary>Random trees of groups, time-outs, races, failures and cancellations, in virtual time: nothing is lost and nothing is left.</summary>
public partial class SoakTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Everything_that_starts_ends_and_leaves_nothing_behind(int seed)
    {
        using var loop = VirtualLoop.Create();
        var unhandled = new List<string>();
        loop.UnhandledException += (_, failure) => unhandled.Add(failure.Exception.ToString());
        var soak = new Soak(loop, new Random(seed));
        loop.RunUntilComplete(soak.Run(tasks: 30_000));
        Assert.Equal(soak.Started, soak.Ended);
        Assert.InRange(soak.Started, 30_000, int.MaxValue);
        Assert.True(soak.Failed > 0 && soak.TimedOut > 0 && soak.Cancelled > 0, "Not every way to end has occurred.");
        Assert.Equal(0, loop.TaskCount);
        Assert.Equal(0, loop.Timers.Count);
        Assert.True(loop.Now > TimeSpan.FromDays(1), $"Only {loop.Now} have passed.");
        Assert.Empty(unhandled);
    }

    [Fact]
    public void What_is_used_again_comes_back_each_time()
    {
        using var loop = VirtualLoop.Create();
        var counts = new List<int>();
        // The same tasks each time; the pools are filled after the first ones.
        for (int round = 0; round < 6; round++)
        {
            loop.RunUntilComplete(new Soak(loop, new Random(11)).Run(tasks: 20_000));
            Assert.Equal(0, loop.TaskCount);
            Assert.Equal(0, loop.Timers.Count);
            counts.Add(loop.Pools.Count);
        }

        Assert.True(counts[5] == counts[4] && counts[4] == counts[3], string.Join(", ", counts));
    }

    private sealed class ExpectedException : Exception;

    private sealed partial class Soak(EventLoop loop, Random random)
    {
        private const int Deepest = 6;

        public int Started { get; private set; }

        public int Ended { get; private set; }

        public int Failed { get; private set; }

        public int TimedOut { get; private set; }

        public int Cancelled { get; private set; }

        [Coroutine]
        public async Coroutine Run(int tasks)
        {
            while (Started < tasks)
            {
                try
                {
                    await Node(Deepest);
                }
                catch (Exception exception) when (IsExpected(exception))
                {
                    Failed++;
                }
            }
        }

        [Coroutine]
        private async Coroutine Node(int depth)
        {
            Started++;
            try
            {
                switch (depth == 0 ? 0 : random.Next(9))
                {
                    case 0: await Coroutine.Delay(SomeTime()); break;
                    case 1: await Coroutine.Yield(); break;
                    case 2: await MoveOn(depth - 1); break;
                    case 3: await Timeout(depth - 1); break;
                    case 4: await Group(depth - 1); break;
                    case 5: await Coroutine.WhenAll(Node(depth - 1), Node(depth - 1), Node(depth - 1)); break;
                    case 6: await Coroutine.WhenAny(Node(depth - 1), Node(depth - 1)); break;
                    case 7: await CancelOne(depth - 1); break;
                    default: await Fail(); break;
                }
            }
            finally
            {
                if (random.Next(8) == 0)
                    await Coroutine.Shield(CleanUp());
                Ended++;
            }
        }

        [Coroutine]
        private async Coroutine MoveOn(int depth)
        {
            if (!await Coroutine.MoveOnAfter(Node(depth), SomeTime()))
                TimedOut++;
        }

        [Coroutine]
        private async Coroutine Timeout(int depth)
        {
            try
            {
                await Node(depth).WithTimeout(SomeTime());
            }
            catch (TimeoutException)
            {
                TimedOut++;
            }
        }

        [Coroutine]
        private async Coroutine Group(int depth)
        {
            await using var group = new TaskGroup();
            for (int children = random.Next(4); children >= 0; children--)
                group.Spawn(Node(depth));
            if (random.Next(3) == 0)
                group.Scope.Deadline = loop.Now + SomeTime();
            if (random.Next(3) == 0)
                group.Spawn(CancelLater(group));
            if (random.Next(4) == 0)
                await Node(depth);
            // Leaving without a join is a way to end, too.
            if (random.Next(8) != 0)
                await group.Join();
        }

        [Coroutine]
        private async Coroutine CancelLater(TaskGroup group)
        {
            await Coroutine.Delay(SomeTime());
            group.Cancel();
        }

        [Coroutine]
        private async Coroutine CancelOne(int depth)
        {
            var task = loop.Spawn(Node(depth));
            try
            {
                await Coroutine.Delay(SomeTime());
            }
            finally
            {
                task.Cancel();
                await Coroutine.Shield(EndOf(task));
            }
        }

        [Coroutine]
        private async Coroutine EndOf(CoroutineTask task)
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                Cancelled++;
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                Failed++;
            }
        }

        [Coroutine]
        private async Coroutine CleanUp() => await Coroutine.Delay(TimeSpan.FromMilliseconds(random.Next(10)));

        [Coroutine]
        private async Coroutine Fail()
        {
            await Coroutine.Delay(SomeTime());
            throw new ExpectedException();
        }

        private TimeSpan SomeTime() => TimeSpan.FromMilliseconds(random.Next(1, 600_000));

        private static bool IsExpected(Exception exception) =>
            exception is ExpectedException or TimeoutException or OperationCanceledException
            || (exception is AggregateException all && all.InnerExceptions.All(IsExpected));
    }
}
