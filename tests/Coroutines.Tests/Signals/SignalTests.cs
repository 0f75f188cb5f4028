using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Coroutines.Tests.Signals;

/// <summary>
/// Signals that this process sends itself; those that are used here do nothing where nobody asks for them, or are asked for. Not SIGCONT and SIGWINCH: a shell's job
/// control and a terminal send them, too. Not SIGHUP: who started the tests may have it ignored, and then it never comes.
/// </summary>
[Collection(WholeProcess.Alone)]
[UnsupportedOSPlatform("windows")]
public partial class SignalTests
{
    private const PosixSignal User1 = (PosixSignal)10;
    private const PosixSignal User2 = (PosixSignal)12;

    /// <summary>Nothing happens when it comes and nobody asked for it.</summary>
    private const PosixSignal Urgent = (PosixSignal)23;

    [Fact]
    public void Signals_are_calls_on_the_loops_thread_until_they_are_ended()
    {
        int here = Environment.CurrentManagedThreadId;
        var trace = new Trace();
        EventLoop.Run(Main());
        trace.AssertIs("23", "23", "10");

        async Coroutine Main()
        {
            var loop = EventLoop.Current;
            var come = new LoopEvent(EventResetMode.AutoReset);
            using var other = loop.OnSignal(User1, Note);
            using (loop.OnSignal(Urgent, Note))
            {
                for (int i = 0; i < 2; i++)
                {
                    Send(Urgent);
                    await come.Wait();
                }
            }

            Assert.False(loop.Handles(Urgent));
            Assert.True(loop.Handles(User1));
            Send(Urgent);
            Send(User1);
            await come.Wait();

            void Note(PosixSignal signal)
            {
                Assert.Equal(here, Environment.CurrentManagedThreadId);
                trace.Add(signal.ToString());
                come.Set();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_of_signals_loses_none_while_its_reader_is_busy(bool generated)
    {
        EventLoop.Run(generated ? Generated() : Reference());

        static async Coroutine Reference()
        {
            var seen = new List<PosixSignal>();
            await foreach (var signal in Coroutine.Signals(Urgent, PosixSignal.SIGTTIN, User1, User2).WithFirst(Urgent))
            {
                seen.Add(signal);
                if (seen.Count == 1)
                    await SendAndBeBusy();
                if (seen.Count == 4)
                    break;
            }

            AssertAll(seen);
        }
    }

    [Fact]
    public void A_cancelled_reader_gives_the_signals_back_to_the_system()
    {
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            var reading = EventLoop.Current.Spawn(Read());
            await Coroutine.Yield();
            await Coroutine.Yield();
            Assert.True(EventLoop.Current.Handles(PosixSignal.SIGHUP));
            reading.Cancel();
            while (!reading.IsCompleted)
                await Coroutine.Yield();
            Assert.False(EventLoop.Current.Handles(PosixSignal.SIGHUP));
        }

        static async Coroutine Read()
        {
            await foreach (var signal in Coroutine.Signals(PosixSignal.SIGHUP))
                Assert.Fail($"{signal} came.");
        }
    }

    /// <summary>A process whose SIGINT is ignored when it starts, as in the background of a script, keeps it so: the runtime never hears of it.</summary>
    public static TheoryData<PosixSignal> Interrupts => IsInterruptIgnored() ? [PosixSignal.SIGTERM] : [PosixSignal.SIGTERM, PosixSignal.SIGINT];

    [Theory]
    [MemberData(nameof(Interrupts))]
    public void An_interrupt_cancels_the_main_coroutine_which_cleans_up(PosixSignal signal)
    {
        var trace = new Trace();
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(Main()));
        trace.AssertIs("cleaned up");

        async Coroutine Main()
        {
            try
            {
                Send(signal);
                await Coroutine.Delay(TimeSpan.FromDays(1));
                trace.Add("not reached");
            }
            finally
            {
                using (CancelScope.Shielded())
                    await Coroutine.Yield();
                trace.Add("cleaned up");
            }
        }
    }

    [Fact]
    public void The_second_interrupt_is_the_systems()
    {
        var loop = new EventLoop();
        using (var handling = new InterruptHandling(loop))
            Assert.Equal([true, false, false], new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGINT }.Select(signal => IsTaken(handling, signal)));
        using (var handling = new InterruptHandling(loop))
        {
            loop.Dispose();
            Assert.False(IsTaken(handling, PosixSignal.SIGINT));
        }

        static bool IsTaken(InterruptHandling handling, PosixSignal signal)
        {
            var context = new PosixSignalContext(signal);
            handling.OnSignal(context);
            return context.Cancel;
        }
    }

    [Fact]
    public void A_program_that_asks_for_the_interrupt_itself_is_not_cancelled() => EventLoop.Run(Own(new LoopEvent[1]));

    [Fact]
    public void Without_the_option_nothing_is_cancelled()
    {
        // Somebody must take the signal, or it ends the tests.
        using var taken = new SemaphoreSlim(0);
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            taken.Release();
        });
        EventLoop.Run(Main(), new EventLoopOptions { CancelOnInterrupt = false });

        async Coroutine Main()
        {
            Send(PosixSignal.SIGTERM);
            await taken.WaitAsync();
            await Coroutine.Yield();
        }
    }

    [Fact]
    public void Waiting_for_a_signal_does_not_hold_virtual_time()
    {
        VirtualLoop.Run(Main());

        static async Coroutine Main() => Assert.False(await Coroutine.MoveOnAfter(Read(), TimeSpan.FromDays(1)));

        static async Coroutine Read()
        {
            await foreach (var signal in Coroutine.Signals(PosixSignal.SIGHUP))
                Assert.Fail($"{signal} came.");
        }
    }

    [Fact]
    public void What_cannot_be_caught_is_refused()
    {
        const int Kill = 9;
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            Assert.Throws<IOException>(() => EventLoop.Current.OnSignal((PosixSignal)Kill, static _ => { }));
            Assert.False(EventLoop.Current.Handles((PosixSignal)Kill));
        }
    }

    [Coroutine]
    private static async Coroutine Generated()
    {
        var seen = new List<PosixSignal>();
        await foreach (var signal in Coroutine.Signals(Urgent, PosixSignal.SIGTTIN, User1, User2).WithFirst(Urgent))
        {
            seen.Add(signal);
            if (seen.Count == 1)
                await SendAndBeBusy();
            if (seen.Count == 4)
                break;
        }

        AssertAll(seen);
    }

    [Coroutine]
    private static async Coroutine SendAndBeBusy()
    {
        Send(PosixSignal.SIGTTIN);
        Send(User1);
        Send(User2);
        for (int i = 0; i < 100; i++)
            await Coroutine.Yield();
    }

    // Between threads the system keeps no order.
    private static void AssertAll(List<PosixSignal> seen)
    {
        Assert.Equal(Urgent, seen[0]);
        Assert.Equal([PosixSignal.SIGTTIN, User1, User2], seen.Skip(1).OrderBy(signal => (int)signal));
    }

    [Coroutine]
    private static async Coroutine Own(LoopEvent[] come)
    {
        come[0] = new LoopEvent(EventResetMode.AutoReset);
        using var own = EventLoop.Current.OnSignal(PosixSignal.SIGTERM, _ => come[0].Set());
        for (int i = 0; i < 3; i++)
        {
            Send(PosixSignal.SIGTERM);
            await come[0].Wait();
        }
    }

    private static bool IsInterruptIgnored()
    {
        const int Interrupt = 2;
        string ignored = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
        return (Convert.ToUInt64(ignored.Trim(), 16) & (1ul << (Interrupt - 1))) != 0;
    }

    internal static void Send(PosixSignal signal) => Assert.True(ProcessSignals.TrySend(Environment.ProcessId, signal));
}

/// <summary>A stream whose first element is asked for by a signal that is sent once it is being read.</summary>
[UnsupportedOSPlatform("windows")]
internal static class SignalStreams
{
    public static async IAsyncEnumerable<PosixSignal> WithFirst(this IAsyncEnumerable<PosixSignal> signals, PosixSignal first)
    {
        await using var reading = signals.GetAsyncEnumerator();
        var next = reading.MoveNextAsync();
        while (!EventLoop.Current.Handles(first))
            await Coroutine.Yield();
        SignalTests.Send(first);
        while (await next)
        {
            yield return reading.Current;
            next = reading.MoveNextAsync();
        }
    }
}
