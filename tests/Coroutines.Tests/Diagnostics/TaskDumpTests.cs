using static Coroutines.Tests.SourceLines;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Five levels of groups, three levels of calls: every line is right.</summary>
public partial class TaskDumpTests
{
    [Fact]
    public void The_tree_shows_every_task_with_its_chain_and_what_it_waits_for()
    {
        string dump = VirtualLoop.Run(Tree());
        // The texts are put together, so that this method is not where they are found.
        string here = $"TaskDumpTests.cs:{LineOf("await group" + ".Join();")}";
        string join = $"at Coroutines.TaskGroup.Join in TaskGroup.cs:{LineIn("Groups/TaskGroup.cs", "await _children.Ended();")}";
        var expected = new List<string> { "task runs" };
        for (int level = 5; level > 0; level--)
        {
            string indentation = new(' ', 4 * (5 - level));
            expected.Add($"{indentation}task {(level == 5 ? "" : $"\"level {level}\" ")}waits for its children");
            expected.Add($"{indentation}    at Coroutines.Tests.Diagnostics.TaskDumpTests.Level in {here}");
            expected.Add($"{indentation}    {join}");
            expected.Add($"{indentation}  group of {(level == 1 ? "2, until 00:01:00" : "1")}");
            if (level > 1)
                continue;
            expected.Add($"{indentation}    task \"future\" waits for a Future<Int32>");
            expected.Add($"{indentation}        at Coroutines.Tests.Diagnostics.TaskDumpTests.Outer in TaskDumpTests.cs:{LineOf("await Middle" + "(future);")}");
            expected.Add($"{indentation}        at Coroutines.Tests.Diagnostics.TaskDumpTests.Middle in TaskDumpTests.cs:{LineOf("await Leaf" + "(future);")}");
            expected.Add($"{indentation}        at Coroutines.Tests.Diagnostics.TaskDumpTests.Leaf in TaskDumpTests.cs:{LineOf("await fut" + "ure;")}");
            expected.Add($"{indentation}    task \"sleeper\" waits for the time 00:00:03");
            expected.Add($"{indentation}        at Coroutines.Tests.Diagnostics.TaskDumpTests.Sleeper in TaskDumpTests.cs:{LineOf("await Coroutine.Delay(TimeSpan.From" + "Seconds(3));")}");
        }

        Assert.Equal(string.Join('\n', expected) + "\n", dump);
    }

    [Fact]
    public void Ready_foreign_and_cancelled_tasks_are_told_apart()
    {
        string dump = VirtualLoop.Run(Main());
        Assert.Equal(
            """
            task runs
            task "foreign" waits for foreign code, cancelled
                at TaskDumpTests.Foreign
            task "local" waits for foreign code
                at TaskDumpTests.Ready_foreign_and_cancelled_tasks_are_told_apart.Local
            task "ready" is ready
                at Coroutines.Tests.Diagnostics.TaskDumpTests.Sleeper

            """.ReplaceLineEndings("\n"),
            dump);

        static async Coroutine<string> Main()
        {
            var source = new TaskCompletionSource();
            var foreign = EventLoop.Current.Spawn(Foreign(source.Task), "foreign");
            EventLoop.Current.Spawn(Local(source.Task), "local");
            await Coroutine.Yield();
            foreign.Cancel();
            EventLoop.Current.Spawn(Sleeper(), "ready");
            string dump = EventLoop.Current.DumpTasks();
            source.SetResult();
            return dump;
        }

        static async Coroutine Local(Task task) => await task;
    }

    [Fact]
    public void Debug_mode_knows_since_when_a_task_waits()
    {
        string dump = EventLoop.Run(Main(), new EventLoopOptions { Clock = new VirtualClock(), Debug = true });
        Assert.StartsWith("task runs\ntask \"late\" waits for the time 00:00:05 since 00:00:02\n", dump, StringComparison.Ordinal);

        static async Coroutine<string> Main()
        {
            await Coroutine.Delay(TimeSpan.FromSeconds(2));
            var late = EventLoop.Current.Spawn(Sleeper(), "late");
            await Coroutine.Delay(TimeSpan.FromSeconds(1));
            string dump = EventLoop.Current.DumpTasks();
            late.Cancel();
            return dump;
        }
    }

    [Fact]
    public void The_body_of_a_scoped_call_or_of_a_group_is_part_of_the_chain()
    {
        string dump = VirtualLoop.Run(Main());
        Assert.Equal(
            $"""
            task "timeout" waits for the time 00:00:03
                at Coroutines.Tests.Diagnostics.TaskDumpTests.Sleeper in TaskDumpTests.cs:{LineOf("await Coroutine.Delay(TimeSpan.From" + "Seconds(3));")}
            task "group" waits for the time 00:00:03
                at Coroutines.Tests.Diagnostics.TaskDumpTests.Sleeper in TaskDumpTests.cs:{LineOf("await Coroutine.Delay(TimeSpan.From" + "Seconds(3));")}

            """.ReplaceLineEndings("\n"),
            dump[(dump.IndexOf('\n', StringComparison.Ordinal) + 1)..]);

        static async Coroutine<string> Main()
        {
            var loop = EventLoop.Current;
            CoroutineTask[] tasks = [loop.Spawn(Sleeper().WithTimeout(TimeSpan.FromMinutes(1)), "timeout"), loop.Spawn(TaskGroup.Run(static _ => Sleeper()), "group")];
            await Coroutine.Yield();
            await Coroutine.Yield();
            string dump = loop.DumpTasks();
            foreach (var task in tasks)
                task.Cancel();
            return dump;
        }
    }

    [Fact]
    public void Children_of_a_group_that_nobody_left_stand_for_themselves()
    {
        using var loop = VirtualLoop.Create();
        var gate = new Future<int>(loop);
        loop.Spawn(LeaveBehind(gate), "parent");
        for (int i = 0; i < 3; i++)
            loop.RunOnce();
        Assert.StartsWith("task \"child\" waits for a Future<Int32>", loop.DumpTasks(), StringComparison.Ordinal);
        Assert.Equal(1, loop.TaskCount);
        gate.SetResult(1);

        static async Coroutine LeaveBehind(Future<int> gate)
        {
            new TaskGroup().Spawn(Coroutine.Shield(Wait(gate)), "child");
            await Coroutine.Yield();
        }

        static async Coroutine Wait(Future<int> gate) => await gate;
    }

    [Fact]
    public void A_dump_belongs_to_the_loops_thread()
    {
        using var loop = VirtualLoop.Create();
        InvalidOperationException? refused = null;
        var other = new Thread(() => refused = Assert.Throws<InvalidOperationException>(() => loop.DumpTasks()));
        other.Start();
        other.Join();
        Assert.NotNull(refused);
    }

    [Coroutine]
    private static async Coroutine<string> Tree()
    {
        var tree = EventLoop.Current.Spawn(Level(5));
        await Coroutine.Delay(TimeSpan.FromSeconds(1));
        string dump = EventLoop.Current.DumpTasks();
        tree.Cancel();
        return dump;
    }

    [Coroutine]
    private static async Coroutine Level(int level)
    {
        await using var group = new TaskGroup();
        var future = new Future<int>();
        if (level > 1)
        {
            group.Spawn(Level(level - 1), $"level {level - 1}");
        }
        else
        {
            group.Scope.Deadline = TimeSpan.FromMinutes(1);
            group.Spawn(Outer(future), "future");
            group.Spawn(Sleeper(), "sleeper");
        }

        await group.Join();
    }

    [Coroutine]
    private static async Coroutine Outer(Future<int> future)
    {
        await Middle(future);
    }

    [Coroutine]
    private static async Coroutine<int> Middle(Future<int> future) => 1 + await Leaf(future);

    [Coroutine]
    private static async Coroutine<int> Leaf(Future<int> future) => await future;

    [Coroutine]
    private static async Coroutine Sleeper()
    {
        await Coroutine.Delay(TimeSpan.FromSeconds(3));
    }

    private static async Coroutine Foreign(Task task) => await task;

    private static int LineIn(string file, string text, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        LineOf(text, Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Coroutines", file));
}
