using Coroutines.Tests.Sync.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Coroutines.Tests.Sync;

/// <summary>
/// Random histories of starting, cancelling, giving and taking, turn by turn, against simple models: who is served and in which order, what is lost (nothing), and what is left (nothing). A failure
/// prints the shortest history it was shrunk to, and the seed.
/// </summary>
public sealed class SyncPropertyTests
{
    private const int Histories = 10_000;
    private const int ShortestHistory = 10;
    private const int LongestHistory = 60;

    [Fact]
    public void Locks_behave_as_their_model() => Check(History.Run<LockHistory>);

    [Fact]
    public void Semaphores_behave_as_their_model() => Check(History.Run<SemaphoreHistory>);

    [Fact]
    public void Conditions_behave_as_their_model() => Check(History.Run<ConditionHistory>);

    [Fact]
    public void Barriers_behave_as_their_model() => Check(History.Run<BarrierHistory>);

    [Fact]
    public void Unbounded_channels_behave_as_their_model() => Check(History.Run<UnboundedHistory>);

    [Fact]
    public void Bounded_channels_behave_as_their_model() => Check(History.Run<BoundedHistory>);

    [Fact]
    public void Rendezvous_channels_behave_as_their_model() => Check(History.Run<RendezvousHistory>);

    [Fact]
    public void Priority_channels_give_the_least_item_and_of_equal_ones_the_oldest() => Check(operations =>
    {
        using var loop = VirtualLoop.Create();
        var byPriority = Comparer<(int Priority, int Number)>.Create(static (x, y) => x.Priority.CompareTo(y.Priority));
        KeepOrder(LoopChannel.CreatePriority(byPriority, loop: loop), operations, items => items.Min());
    });

    [Fact]
    public void Lifo_channels_give_the_newest_item() => Check(operations =>
    {
        using var loop = VirtualLoop.Create();
        KeepOrder(LoopChannel.CreateLifo<(int Priority, int Number)>(loop: loop), operations, items => items.MaxBy(item => item.Number));
    });

    private static void KeepOrder(LoopChannel<(int Priority, int Number)> channel, byte[] operations, Func<List<(int Priority, int Number)>, (int Priority, int Number)> next)
    {
        var items = new List<(int Priority, int Number)>();
        foreach (var (number, operation) in operations.Index())
        {
            if (operation % 3 < 2)
            {
                items.Add((operation / 3 % 8, number));
                channel.TryWrite(items[^1]);
            }
            else if (channel.TryRead(out var item))
            {
                Assert.Equal(next(items), item);
                items.Remove(item);
            }

            Assert.Equal(items.Count, channel.Count);
        }
    }

    private static void Check(Action<byte[]> run) =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), run).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories).WithStartSize(ShortestHistory).WithEndSize(LongestHistory));
}
