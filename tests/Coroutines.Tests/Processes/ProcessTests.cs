// Small files of the system are looked at on the spot.
#pragma warning disable CORO101, CORO105

using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Coroutines.Tests.Streams.Pipes;
using static Coroutines.Tests.Streams.ReadingTests;

namespace Coroutines.Tests.Processes;

[Collection(WholeProcess.Alone)]
public partial class ProcessTests
{
    private static readonly LoopProcessOptions s_redirected = new() { RedirectInput = true, RedirectOutput = true, RedirectError = true };

    [Fact]
    public void Arguments_arrive_as_they_are()
    {
        string[] arguments = ["one", "two words", "\"quoted\" 'so'", "", "$HOME", "a\\b", "ä\n€"];
        var output = EventLoop.Run(LoopProcess.Run("printf", ["%s|", .. arguments]));
        Assert.Equal(0, output.ExitCode);
        Assert.Equal(string.Concat(arguments.Select(argument => argument + "|")), output.OutputText);
    }

    [Fact]
    public void Folder_and_variables_are_those_of_the_options()
    {
        var options = new LoopProcessOptions
        {
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string?> { ["GREETING"] = "hello", ["HOME"] = null },
        };
        Assert.Equal("/ hello none\n", EventLoop.Run(Shell("echo \"$(pwd) $GREETING ${HOME-none}\"", options: options)).OutputText);
        var bare = new LoopProcessOptions { InheritEnvironment = false, Environment = new Dictionary<string, string?> { ["ONLY"] = "1" } };
        Assert.Equal("ONLY=1\n", EventLoop.Run(LoopProcess.Run("/usr/bin/env", options: bare)).OutputText);
    }

    [Fact]
    public void Output_error_and_exit_code_come_back()
    {
        var output = EventLoop.Run(Shell("echo out; echo err >&2; exit 7"));
        Assert.Equal((7, "out\n", "err\n"), (output.ExitCode, output.OutputText, output.ErrorText));
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void Pipes_that_are_full_both_ways_stop_nobody(ReactorKind reactor)
    {
        // It writes to both before and while it reads, more than any pipe holds.
        byte[] input = new byte[3_000_000];
        new Random(1).NextBytes(input);
        var output = EventLoop.Run(Shell("head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero; cat; head -c 1000000 /dev/zero >&2", input), new EventLoopOptions { Reactor = reactor });
        Assert.Equal((0, 4_000_000, 2_000_000), (output.ExitCode, output.Output.Length, output.Error.Length));
        Assert.True(output.Output.Span[1_000_000..].SequenceEqual(input));
    }

    [Fact]
    public void A_process_that_does_not_read_its_input_is_no_failure() =>
        Assert.Equal(3, EventLoop.Run(Shell("exit 3", new byte[1_000_000])).ExitCode);

    [Fact]
    public void What_is_not_redirected_ends_at_once_for_a_captured_process() => Assert.Equal(0, EventLoop.Run(LoopProcess.Run("cat")).ExitCode);

    [Fact]
    public void More_than_the_limit_ends_the_process()
    {
        var options = new LoopProcessOptions { CaptureLimit = 100_000 };
        Assert.Throws<InvalidDataException>(() => EventLoop.Run(LoopProcess.Run("yes", options: options)));
        Assert.Equal(100_000, EventLoop.Run(LoopProcess.Run("head", ["-c", "100000", "/dev/zero"], options: options)).Output.Length);
        AssertNoChildren();
    }

    [Fact]
    public void What_cannot_be_started_says_so()
    {
        Assert.Throws<Win32Exception>(() => EventLoop.Run(LoopProcess.Run("/no/such/program")));
        Assert.Throws<Win32Exception>(() => EventLoop.Run(LoopProcess.Run("/etc/passwd")));
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void A_conversation_with_a_process(ReactorKind reactor) => EventLoop.Run(Conversation(), new EventLoopOptions { Reactor = reactor });

    [Fact]
    public void Waiting_can_be_given_up_and_begun_again() => EventLoop.Run(WaitingTwice());

    [Fact]
    public void Signals_reach_it() => EventLoop.Run(Signalled());

    [Fact]
    public void A_process_that_ignores_SIGTERM_is_killed_after_its_grace() => EventLoop.Run(Stubborn());

    [Fact]
    public void A_grace_can_be_without_end() => EventLoop.Run(Patient());

    [Fact]
    public void A_process_may_use_its_grace() => EventLoop.Run(Graceful());

    /// <summary>As of one that has become another user's. Only who may do everything can give that up for a while, which the system knows thread by thread.</summary>
    [PrivilegedFact]
    public void A_process_that_may_not_be_ended_can_be_waited_for_and_disposed_again() => EventLoop.Run(NotOurs());

    [Fact]
    public void The_tree_goes_with_it_if_asked() => EventLoop.Run(Tree());

    [Fact]
    public void A_loop_that_ends_ends_its_processes()
    {
        int id = 0;
        EventLoop.Run(Leave());
        Assert.False(IsAlive(id));

        async Coroutine Leave()
        {
            var started = new LoopEvent();
            _ = EventLoop.Current.Spawn(Child(started));
            await started.Wait();
        }

        async Coroutine Child(LoopEvent started)
        {
            await using var process = await LoopProcess.Start("sleep", ["1000"]);
            id = process.Id;
            started.Set();
            await process.WaitForExit();
        }
    }

    [Fact]
    public void Cancelled_in_any_turn_a_run_leaves_no_process_and_no_descriptor()
    {
        EventLoop.Run(CancelledAfter(turns: 10));
        int before = OpenDescriptors.Count();
        for (int turns = 0; turns < 40; turns++)
            EventLoop.Run(CancelledAfter(turns));
        AssertNoChildren();
        Assert.Equal(before, OpenDescriptors.Count());
    }

    [Fact]
    public void Virtual_time_stands_still_while_a_process_runs()
    {
        var trace = new Trace();
        VirtualLoop.Run(Main());
        trace.AssertIs("exit 5", "hour");

        async Coroutine Main() => await Coroutine.WhenAll(Hour(), Child());

        async Coroutine Hour()
        {
            await Coroutine.Delay(TimeSpan.FromHours(1));
            trace.Add("hour");
        }

        async Coroutine Child()
        {
            await using var process = await LoopProcess.Start("sh", ["-c", "exit 5"]);
            trace.Add($"exit {await process.WaitForExit()}");
        }
    }

    [Fact]
    public void A_thousand_short_processes_leave_nothing_behind()
    {
        EventLoop.Run(Many(20));
        int before = OpenDescriptors.Count();
        EventLoop.Run(Many(1_000));
        AssertNoChildren();
        Assert.Equal(before, OpenDescriptors.Count());
    }

    [Fact]
    public void Another_thread_is_refused() => EventLoop.Run(OtherThread());

    [Coroutine]
    private static async Coroutine<ProcessOutput> Shell(string script, ReadOnlyMemory<byte> input = default, LoopProcessOptions? options = null) =>
        await LoopProcess.Run("sh", ["-c", script], input, options);

    [Coroutine]
    private static async Coroutine Conversation()
    {
        await using var process = await LoopProcess.Start("sh", ["-c", "while read line; do echo \"<$line>\"; done; echo done >&2; exit 4"], s_redirected);
        Assert.False(process.HasExited);
        Assert.Throws<InvalidOperationException>(() => process.ExitCode);
        foreach (string line in new[] { "one", "two", "drei €" })
        {
            await process.Input!.Write(Encoding.UTF8.GetBytes(line + "\n"));
            Assert.Equal($"<{line}>", await process.Output!.ReadLine());
        }

        await process.Input!.CompleteWrites();
        Assert.Null(await process.Output!.ReadLine());
        Assert.Equal("done", await process.Error!.ReadLine());
        Assert.Equal(4, await process.WaitForExit());
        Assert.Equal(4, await process.WaitForExit());
        Assert.Equal((true, 4), (process.HasExited, process.ExitCode));
        Assert.False(process.Signal(PosixSignal.SIGTERM));
        process.Kill();
        await process.KillTree();
        await process.DisposeAsync();
        Assert.Equal(4, process.ExitCode);
    }

    [Coroutine]
    private static async Coroutine WaitingTwice()
    {
        await using var process = await LoopProcess.Start("cat", options: s_redirected);
        Assert.False((await Coroutine.MoveOnAfter(process.WaitForExit(), TimeSpan.FromMilliseconds(1))).Finished);
        Assert.False((await Coroutine.MoveOnAfter(process.Output!.ReadLine(), TimeSpan.FromMilliseconds(1))).Finished);
        await process.Input!.Write("still there\n"u8.ToArray());
        Assert.Equal("still there", await process.Output!.ReadLine());
        await process.Input.CompleteWrites();
        Assert.Equal((0, 0), await Coroutine.WhenAll(process.WaitForExit(), process.WaitForExit()));
    }

    [Coroutine]
    private static async Coroutine Signalled()
    {
        const int UserSignal1 = 10, UserSignal2 = 12;
        // A shell cannot trap what is ignored when it starts: SIGHUP under nohup, SIGINT and SIGQUIT in the background of a script.
        await using var process = await LoopProcess.Start("sh", ["-c", "trap 'echo one' USR1; trap 'echo two' USR2; echo ready; while :; do sleep 0.01; done"], s_redirected);
        Assert.Equal("ready", await process.Output!.ReadLine());
        Assert.True(process.Signal((PosixSignal)UserSignal1));
        Assert.Equal("one", await process.Output!.ReadLine());
        Assert.True(process.Signal((PosixSignal)UserSignal2));
        Assert.Equal("two", await process.Output!.ReadLine());
        foreach (int none in new[] { -99, 0, int.MinValue })
            Assert.Throws<ArgumentOutOfRangeException>(() => process.Signal((PosixSignal)none));
        Assert.True(process.Signal(PosixSignal.SIGTERM));
        Assert.Equal(128 + 15, await process.WaitForExit());
    }

    [Coroutine]
    private static async Coroutine Stubborn()
    {
        var options = new LoopProcessOptions { RedirectOutput = true, GracePeriod = TimeSpan.FromMilliseconds(50) };
        var process = await LoopProcess.Start("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 0.01; done"], options);
        Assert.Equal("ready", await process.Output!.ReadLine());
        await process.DisposeAsync();
        Assert.Equal(128 + 9, process.ExitCode);
    }

    [Coroutine]
    private static async Coroutine Patient()
    {
        var process = await LoopProcess.Start("sleep", ["60"], new LoopProcessOptions { GracePeriod = TimeSpan.MaxValue });
        await process.DisposeAsync();
        Assert.Equal(128 + 15, process.ExitCode);
    }

    [Coroutine]
    private static async Coroutine NotOurs()
    {
        const int Root = 0, Nobody = 65534;
        var process = await LoopProcess.Start("sleep", ["1000"]);
        var waiting = EventLoop.Current.Spawn(process.WaitForExit());
        await Coroutine.Yield();
        BecomeUser(Nobody);
        try
        {
            await Refused<Win32Exception>(process.DisposeAsync());
        }
        finally
        {
            BecomeUser(Root);
        }

        Assert.False(process.HasExited);
        Assert.True(process.Signal((PosixSignal)9));
        Assert.Equal(128 + 9, await waiting);
        await process.DisposeAsync();
        Assert.Equal(128 + 9, await process.WaitForExit());
    }

    // Real and effective user; the saved one allows the way back. The function of that name would do it for all threads.
    private static void BecomeUser(int user)
    {
        int setUsers = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? 117 : 147;
        Assert.Equal(0, SystemCall(setUsers, user, user, -1));
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third);

    [Coroutine]
    private static async Coroutine Graceful()
    {
        var process = await LoopProcess.Start("sh", ["-c", "trap 'exit 42' TERM; echo ready; while :; do sleep 0.01; done"], new LoopProcessOptions { RedirectOutput = true });
        Assert.Equal("ready", await process.Output!.ReadLine());
        // Cancelled or not, the end is waited for.
        Assert.False(await Coroutine.MoveOnAfter(Use(process), TimeSpan.FromMilliseconds(1)));
        Assert.Equal(42, process.ExitCode);

        static async Coroutine Use(LoopProcess process)
        {
            await using (process)
                await process.WaitForExit();
        }
    }

    [Coroutine]
    private static async Coroutine Tree()
    {
        var process = await LoopProcess.Start("sh", ["-c", "sleep 1000 & echo $!; wait"], new LoopProcessOptions { RedirectOutput = true, KillTree = true });
        int child = int.Parse((await process.Output!.ReadLine())!, System.Globalization.CultureInfo.InvariantCulture);
        await process.DisposeAsync();
        Assert.Equal(128 + 9, process.ExitCode);
        // Its new parent takes note of its end when it likes.
        while (IsAlive(child))
            await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
    }

    [Coroutine]
    private static async Coroutine CancelledAfter(int turns)
    {
        var run = EventLoop.Current.Spawn(LoopProcess.Run("sh", ["-c", "echo out; echo err >&2; cat"], new byte[100_000]));
        for (int i = 0; i < turns && !run.IsCompleted; i++)
            await Coroutine.Yield();
        run.Cancel();
        while (!run.IsCompleted)
            await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
    }

    [Coroutine]
    private static async Coroutine Many(int count)
    {
        var room = new LoopSemaphore(8);
        await using var group = new TaskGroup();
        for (int i = 0; i < count; i++)
        {
            await room.Acquire();
            group.Spawn(One(i, room));
        }

        await group.Join();
    }

    [Coroutine]
    private static async Coroutine One(int number, LoopSemaphore room)
    {
        string text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var output = await LoopProcess.Run("echo", [text]);
        Assert.Equal((0, text + "\n"), (output.ExitCode, output.OutputText));
        room.Release();
    }

    [Coroutine]
    private static async Coroutine OtherThread()
    {
        await using var process = await LoopProcess.Start("cat", options: s_redirected);
        await Refused<InvalidOperationException>(EventLoop.Current.RunInExecutor(process.Kill));
        await process.Input!.CompleteWrites();
        Assert.Equal(0, await process.WaitForExit());
    }

    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    // Neither running nor waiting to be reaped.
    private static void AssertNoChildren() =>
        Assert.All(Directory.GetFileSystemEntries("/proc/self/task"), task => Assert.Equal("", File.ReadAllText(Path.Combine(task, "children"))));
}
