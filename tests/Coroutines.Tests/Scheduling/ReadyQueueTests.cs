using Coroutines.CompilerServices;

namespace Coroutines.Tests.Scheduling;

public class ReadyQueueTests
{
    private sealed class Node(int id) : LoopNode
    {
        public int Id { get; } = id;

        internal override void Run() => throw new InvalidOperationException("A node in these tests never runs.");
    }

    [Fact]
    public void Nodes_come_out_in_the_order_they_went_in_while_the_queue_grows()
    {
        var queue = new ReadyQueue(4);
        int enqueued = 0;
        int dequeued = 0;
        var random = new Random(1);
        for (int round = 0; round < 10_000; round++)
        {
            for (int count = random.Next(1 << random.Next(8)); count > 0; count--)
                queue.Enqueue(new Node(enqueued++));
            Assert.Equal(enqueued - dequeued, queue.CountSeen);
            queue.BeginBatch();
            while (!queue.IsBatchDone)
            {
                if (random.Next(2) == 0)
                    queue.Enqueue(new Node(enqueued++));
                Assert.Equal(dequeued, queue.StepNumber);
                Assert.Equal(dequeued++, Take(ref queue).Id);
            }

            Assert.Equal(enqueued - dequeued, queue.Count);
            Assert.Equal(enqueued - dequeued, queue.CountSeen);
            if (random.Next(4) == 0)
                queue.Forget();
        }
    }

    [Fact]
    public void A_batch_is_what_was_ready_when_it_began()
    {
        var queue = new ReadyQueue(4);
        queue.Enqueue(new Node(0));
        queue.Enqueue(new Node(1));
        queue.BeginBatch();
        Take(ref queue);
        for (int id = 2; id < 40; id++)
            queue.Enqueue(new Node(id));
        Assert.Equal(1, ((Node)queue.RunningNode!).Id);
        Assert.False(queue.Advance());
        Assert.True(queue.IsBatchDone);
        Assert.Null(queue.RunningNode);
        queue.BeginBatch();
        Assert.Equal(38, queue.Count);
        Assert.Equal(2, Take(ref queue).Id);
    }

    [Fact]
    public void Another_thread_counts_no_more_than_there_have_been()
    {
        var queue = new ReadyQueue(4);
        Assert.Equal(0, queue.CountSeen);
        for (int id = 0; id < 9; id++)
            queue.Enqueue(new Node(id));
        Assert.Equal(9, queue.CountSeen);
        queue.BeginBatch();
        while (queue.Advance())
            Assert.InRange(queue.CountSeen, 1, 8);
        var node = new Node(0);
        bool isOver = false;
        var running = new Thread(() =>
        {
            queue.Enqueue(node);
            for (int batch = 0; batch < 5_000_000; batch++)
            {
                queue.BeginBatch();
                queue.Enqueue(node);
                queue.Advance();
            }

            Volatile.Write(ref isOver, true);
        });
        running.Start();
        var seen = new HashSet<int>();
        while (!Volatile.Read(ref isOver))
            seen.Add(queue.CountSeen);
        running.Join();
        Assert.All(seen, static count => Assert.InRange(count, 0, 2));
        Assert.Equal(1, queue.CountSeen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void What_has_run_is_forgotten_when_the_queue_is_told_so(int waiting)
    {
        var queue = new ReadyQueue(4);
        var ran = RunThreeBatches(ref queue);
        for (int id = 0; id < waiting; id++)
            queue.Enqueue(new Node(id));
        queue.Forget();
        GC.Collect();
        Assert.DoesNotContain(ran, static node => node.IsAlive);
        queue.BeginBatch();
        for (int id = 0; id < waiting; id++)
            Assert.Equal(id, Take(ref queue).Id);
        Assert.True(queue.IsBatchDone);
    }

    // A frame of its own, so that no local keeps a node alive.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static List<WeakReference> RunThreeBatches(ref ReadyQueue queue)
    {
        var ran = new List<WeakReference>();
        foreach (int size in new[] { 3, 7, 2 })
        {
            for (int id = 0; id < size; id++)
            {
                var node = new Node(id);
                ran.Add(new WeakReference(node));
                queue.Enqueue(node);
            }

            queue.BeginBatch();
            while (!queue.IsBatchDone)
                Take(ref queue);
        }

        return ran;
    }

    private static Node Take(ref ReadyQueue queue)
    {
        var node = (Node)queue.First;
        queue.Advance();
        return node;
    }
}
