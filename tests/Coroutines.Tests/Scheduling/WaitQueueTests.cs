using Coroutines.CompilerServices;

namespace Coroutines.Tests.Scheduling;

public class WaitQueueTests
{
    private sealed class Node(int id) : LoopNode
    {
        public int Id { get; } = id;

        internal override void Run() => throw new InvalidOperationException("A node in these tests never runs.");
    }

    [Fact]
    public void Waiters_leave_first_come_first_served_wherever_others_were_removed()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var queue = new WaitQueue();
            var model = new List<Node>();
            for (int id = 0; id < 200; id++)
            {
                var node = new Node(id);
                queue.Append(node);
                model.Add(node);
                if (random.Next(3) == 0)
                {
                    int at = random.Next(model.Count);
                    queue.Remove(model[at]);
                    Assert.Null(model[at].Next);
                    model.RemoveAt(at);
                }

                if (random.Next(3) == 0 && model.Count > 0)
                {
                    Assert.Same(model[0], queue.TakeFirst());
                    model.RemoveAt(0);
                }
            }

            foreach (var node in model)
                Assert.Same(node, queue.TakeFirst());
            Assert.True(queue.IsEmpty);
            Assert.Null(queue.TakeFirst());
        }
    }
}
