using Coroutines.CompilerServices;

namespace Coroutines.Tests.Timers;

public class TimerWheelTests
{
    private sealed class Timer(int id) : LoopNode
    {
        public int Id { get; } = id;

        internal override void Run() => throw new InvalidOperationException("A timer in these tests never runs.");
    }

    [Theory]
    [InlineData(Delays.OfAllMagnitudes)]
    [InlineData(Delays.OfOneLength)]
    [InlineData(Delays.OfTwoLengths)]
    public void Timers_come_out_by_deadline_then_by_arming_like_a_stable_sort_would_give_them(Delays delays)
    {
        for (int seed = 0; seed < 200; seed++)
            CompareWithStableSort(new Random(seed), delays, cancelSome: false);
    }

    [Theory]
    [InlineData(Delays.OfAllMagnitudes)]
    [InlineData(Delays.OfOneLength)]
    [InlineData(Delays.OfTwoLengths)]
    public void Cancelled_timers_never_come_out_and_the_order_of_the_others_stays(Delays delays)
    {
        for (int seed = 0; seed < 200; seed++)
            CompareWithStableSort(new Random(seed), delays, cancelSome: true);
    }

    [Fact]
    public void A_loop_that_sleeps_for_timers_with_one_delay_wakes_once_for_each_deadline()
    {
        var wheel = new TimerWheel();
        for (int id = 0; id < 100; id++)
            wheel.Arm(new Timer(id) { Deadline = 10_000_000 + id / 4 * 777 });
        Assert.Equal(Enumerable.Range(0, 25).Select(each => 10_000_000L + each * 777), Wakes(wheel));
    }

    [Fact]
    public void A_loop_that_sleeps_for_timers_out_of_order_wakes_for_each_finer_slot_at_most()
    {
        var wheel = new TimerWheel();
        wheel.Arm(new Timer(0) { Deadline = 0x345678 });
        wheel.Arm(new Timer(1) { Deadline = 0x341234 });
        Assert.Equal([0x340000, 0x341234, 0x345678], Wakes(wheel));
    }

    [Fact]
    public void A_sorted_slot_that_fires_in_part_takes_what_is_due_before_its_rest()
    {
        var wheel = new TimerWheel();
        wheel.Arm(new Timer(0) { Deadline = 0x10100 });
        wheel.Arm(new Timer(1) { Deadline = 0x10900 });
        Assert.Equal([0], Due(wheel, 0x10200));
        wheel.Arm(new Timer(2) { Deadline = 0x10300 });
        Assert.Equal(0x10300, wheel.NextDeadline());
        Assert.Empty(Due(wheel, 0x102FF));
        Assert.Equal([2], Due(wheel, 0x10300));
        Assert.Equal([1], Due(wheel, 0x10900));
    }

    [Theory]
    [InlineData(0, new[] { 1, 2 })]
    [InlineData(1, new[] { 0, 2 })]
    [InlineData(2, new[] { 0, 1 })]
    public void A_timer_can_be_disarmed_at_any_place_of_its_slot(int disarmed, int[] left)
    {
        var wheel = new TimerWheel();
        var timers = Enumerable.Range(0, 3).Select(id => new Timer(id) { Deadline = 0x10000 + id }).ToArray();
        Array.ForEach(timers, wheel.Arm);
        wheel.Abandon(timers[disarmed]);
        Assert.Equal(0x10000 + left[0], wheel.NextSlot());
        wheel.Arm(new Timer(3) { Deadline = 0x10005 });
        Assert.Equal([.. left, 3], Due(wheel, 0x20000));
        Assert.Equal(0, wheel.Count);
        Assert.All(timers, static timer => Assert.True(timer.Next is null && timer.Prev is null));
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

    /// <summary>How far ahead the timers of a history are armed.</summary>
    public enum Delays
    {
        /// <summary>Few distinct deadlines over all magnitudes: ties and every level occur.</summary>
        OfAllMagnitudes,

        /// <summary>As timeouts are: each slot ascends.</summary>
        OfOneLength,

        /// <summary>Slots that ascend until one of the short ones comes.</summary>
        OfTwoLengths,
    }

    private static long Delay(Random random, Delays delays) => delays switch
    {
        Delays.OfOneLength => 1L << 24,
        Delays.OfTwoLengths => random.Next(8) == 0 ? 1L << 12 : 1L << 24,
        _ => random.Next(4) * (1L << random.Next(34)),
    };

    private static void CompareWithStableSort(Random random, Delays delays, bool cancelSome)
    {
        var wheel = new TimerWheel();
        var armed = new List<Timer>();
        long now = 0;
        for (int id = 0; id < 500;)
        {
            for (int burst = random.Next(20); burst > 0; burst--)
            {
                var timer = new Timer(id++) { Deadline = now + Delay(random, delays) };
                wheel.Arm(timer);
                armed.Add(timer);
            }

            if (cancelSome && armed.Count > 0 && random.Next(2) == 0)
            {
                int at = random.Next(armed.Count);
                wheel.Abandon(armed[at]);
                armed.RemoveAt(at);
            }

            now += random.Next(3) * (1L << random.Next(delays == Delays.OfAllMagnitudes ? 30 : 22));
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
        long next = armed.Count == 0 ? long.MaxValue : armed.Min(timer => timer.Deadline);
        Assert.Equal(next, wheel.NextDeadline());
        Assert.InRange(wheel.NextSlot(), 0, next);
        Assert.Equal(expected.Select(timer => timer.Id), Due(wheel, now));
        armed.RemoveAll(expected.Contains);
        Assert.Equal(armed.Count, wheel.Count);
    }

    /// <summary>When a loop wakes that has nothing else to do.</summary>
    private static List<long> Wakes(TimerWheel wheel)
    {
        var wakes = new List<long>();
        while (wheel.Count > 0)
        {
            wakes.Add(wheel.NextSlot());
            Due(wheel, wakes[^1]);
        }

        return wakes;
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
