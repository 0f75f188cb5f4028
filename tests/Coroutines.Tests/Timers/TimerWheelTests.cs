using Coroutines.CompilerServices;

namespace Coroutines.Tests.Timers;

public class TimerWheelTests
{
    private sealed class Timer(int id) : LoopNode
    {
        public int Id { get; } = id;

        internal override void Run() => throw new InvalidOperationException("A timer in these tests never runs.");
    }

    [Fact]
    public void Timers_come_out_by_deadline_then_by_arming_like_a_stable_sort_would_give_them()
    {
        for (int seed = 0; seed < 200; seed++)
            CompareWithStableSort(new Random(seed), cancelSome: false);
    }

    [Fact]
    public void Cancelled_timers_never_come_out_and_the_order_of_the_others_stays()
    {
        for (int seed = 0; seed < 200; seed++)
            CompareWithStableSort(new Random(seed), cancelSome: true);
    }

    [Fact]
    public void The_next_deadline_is_exact_whatever_level_the_timer_is_on()
    {
        foreach (long deadline in new[] { 0, 1, 255, 256, 65_535, 65_536, 10_000_000, 1L << 40, long.MaxValue })
        {
            var wheel = new TimerWheel();
            wheel.Arm(new Timer(0) { Deadline = deadline });
            Assert.Equal(deadline, wheel.NextDeadline());
        }
    }

    [Fact]
    public void An_empty_wheel_has_no_next_deadline_and_nothing_due()
    {
        var wheel = new TimerWheel();
        Assert.Equal(long.MaxValue, wheel.NextDeadline());
        Assert.Empty(Due(wheel, long.MaxValue));
    }

    [Fact]
    public void A_timer_is_not_due_one_tick_before_its_deadline()
    {
        var wheel = new TimerWheel();
        wheel.Arm(new Timer(0) { Deadline = 1_000_003 });
        Assert.Empty(Due(wheel, 1_000_002));
        Assert.Equal([0], Due(wheel, 1_000_003));
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void A_deadline_in_the_past_is_due_at_once()
    {
        var wheel = new TimerWheel();
        wheel.Arm(new Timer(0) { Deadline = 5_000 });
        Assert.Equal([0], Due(wheel, 10_000));
        wheel.Arm(new Timer(1) { Deadline = 3 });
        Assert.Equal([1], Due(wheel, 10_000));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 5)]
    [InlineData(256, 0, 257)]
    [InlineData(256, 257, 0)]
    [InlineData(65_536, 1, 513)]
    [InlineData(long.MaxValue, 0, 1919)]
    public void A_slot_is_named_by_the_highest_digit_that_differs_from_the_base(long deadline, long from, int slot) =>
        Assert.Equal(slot, TimerWheel.SlotOf(deadline, from));

    private static void CompareWithStableSort(Random random, bool cancelSome)
    {
        var wheel = new TimerWheel();
        var armed = new List<Timer>();
        long now = 0;
        for (int id = 0; id < 500;)
        {
            for (int burst = random.Next(20); burst > 0; burst--)
            {
                // Few distinct deadlines over all magnitudes: ties and every level occur.
                var timer = new Timer(id++) { Deadline = now + random.Next(4) * (1L << random.Next(34)) };
                wheel.Arm(timer);
                armed.Add(timer);
            }

            if (cancelSome && armed.Count > 0 && random.Next(2) == 0)
            {
                int at = random.Next(armed.Count);
                wheel.Abandon(armed[at]);
                armed.RemoveAt(at);
            }

            now += random.Next(3) * (1L << random.Next(30));
            TakeAndCompare(wheel, armed, now);
        }

        TakeAndCompare(wheel, armed, long.MaxValue);
        Assert.Empty(armed);
        Assert.Equal(0, wheel.Count);
    }

    private static void TakeAndCompare(TimerWheel wheel, List<Timer> armed, long now)
    {
        // OrderBy is stable and ids grow with arming.
        var expected = armed.Where(timer => timer.Deadline <= now).OrderBy(timer => timer.Deadline).ThenBy(timer => timer.Id).ToList();
        Assert.Equal(armed.Count == 0 ? long.MaxValue : armed.Min(timer => timer.Deadline), wheel.NextDeadline());
        Assert.Equal(expected.Select(timer => timer.Id), Due(wheel, now));
        armed.RemoveAll(expected.Contains);
        Assert.Equal(armed.Count, wheel.Count);
    }

    private static List<int> Due(TimerWheel wheel, long now)
    {
        var ready = new ReadyQueue(4);
        wheel.Expire(now, ref ready);
        var ids = new List<int>();
        ready.BeginBatch();
        for (; ready.RunningNode is { } node; ready.Advance())
        {
            Assert.Null(node.WaitSource);
            ids.Add(((Timer)node).Id);
        }

        return ids;
    }
}
