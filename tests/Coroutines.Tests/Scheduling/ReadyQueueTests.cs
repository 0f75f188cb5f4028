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
    public void Nodes_come_out_in_the_order_they_went_in_while_the_ring_wraps_and_grows()
    {
        var queue = new ReadyQueue(4);
        int enqueued = 0;
        int dequeued = 0;
        var random = new Random(1);
        for (int round = 0; round < 10_000; round++)
        {
            for (int count = random.Next(8); count > 0; count--)
                queue.Enqueue(new Node(enqueued++));
            for (int count = Math.Min(random.Next(8), queue.Count); count > 0; count--)
                Assert.Equal(dequeued++, Take(ref queue).Id);
        }

        while (!queue.IsEmpty)
            Assert.Equal(dequeued++, Take(ref queue).Id);
        Assert.Equal(enqueued, dequeued);
    }

    [Fact]
    public void The_end_of_a_batch_stays_valid_when_the_ring_grows_meanwhile()
    {
        var queue = new ReadyQueue(4);
        queue.Enqueue(new Node(0));
        queue.Enqueue(new Node(1));
        uint end = queue.Tail;
        Take(ref queue);
        for (int id = 2; id < 40; id++)
            queue.Enqueue(new Node(id));
        Assert.NotEqual(end, queue.Head);
        Assert.Equal(1, Take(ref queue).Id);
        Assert.Equal(end, queue.Head);
    }

    [Fact]
    public void What_has_run_is_forgotten_when_the_queue_is_told_so()
    {
        var queue = new ReadyQueue(4);
        for (int id = 0; id < 7; id++)
        {
            queue.Enqueue(new Node(id));
            Take(ref queue);
        }

        Assert.NotNull(queue.NodeAt(6));
        queue.Forget();
        for (uint position = 0; position < 8; position++)
            Assert.Null(queue.NodeAt(position));
        queue.Enqueue(new Node(7));
        Assert.Equal(7, Take(ref queue).Id);
    }

    private static Node Take(ref ReadyQueue queue)
    {
        var node = (Node)queue.First;
        queue.Head++;
        return node;
    }
}
