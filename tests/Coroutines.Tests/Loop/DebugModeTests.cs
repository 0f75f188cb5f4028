using System.Runtime.CompilerServices;
using static Coroutines.Tests.SourceLines;

// The mistakes are made on purpose.
#pragma warning disable CORO401

namespace Coroutines.Tests.Loop;

/// <summary>Debug mode names mistakes and where they were made; without it nothing is noted.</summary>
public partial class DebugModeTests
{
    [Fact]
    public void A_coroutine_that_is_never_used_is_named_with_the_line_that_called_it()
    {
        var warnings = Run(Main(), debug: true);
        var warning = Assert.Single(warnings);
        Assert.Equal(LoopWarningKind.NeverAwaited, warning.Kind);
        Assert.Matches($@"DebugModeTests\.Generated.* was called at DebugModeTests\.cs:{LineOf("_ = Generated" + "();")} and never awaited", warning.Message);

        static async Coroutine Main()
        {
            _ = Generated();
            await Generated();
        }
    }

    [Fact]
    public void The_compilers_lowering_tells_the_same()
    {
        var warnings = Run(Main(), debug: true);
        var warning = Assert.Single(warnings);
        Assert.Equal(LoopWarningKind.NeverAwaited, warning.Kind);
        Assert.Equal($"DebugModeTests.Reference was called at DebugModeTests.cs:{LineOf("_ = Reference" + "();")} and never awaited or spawned: it did not run.", warning.Message);

        static async Coroutine Main()
        {
            _ = Reference();
            await Reference();
        }
    }

    [Fact]
    public void It_is_told_in_generated_coroutines_too_and_for_children_with_objects_of_their_own()
    {
        var warnings = Run(Forgetful(), debug: true);
        var warning = Assert.Single(warnings);
        Assert.Contains($"at DebugModeTests.cs:{LineOf("_ = Recursive" + "(0);")} and", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_became_garbage_is_told_while_the_loop_runs()
    {
        string? seen = null;
        using var loop = new EventLoop(new EventLoopOptions { Debug = true });
        loop.Warning += (_, warning) =>
        {
            seen = warning.Message;
            loop.Stop();
        };
        loop.CallSoon(Forget);
        loop.RunOnce();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        loop.RunForever();
        Assert.Contains("Generated", seen, StringComparison.Ordinal);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget() => _ = Generated();
    }

    [Fact]
    public void A_scope_that_nobody_left_is_named_with_the_line_that_opened_it()
    {
        var warnings = Run(LeakScope(), debug: true);
        var warning = Assert.Single(warnings);
        Assert.Equal(LoopWarningKind.LeakedScope, warning.Kind);
        Assert.Contains($"The cancel scope opened at DebugModeTests.cs:{LineOf("CancelScope.Op" + "en();")} was not left", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_a_group()
    {
        var warnings = Run(LeakGroup(), debug: true);
        var warning = Assert.Single(warnings);
        Assert.Contains($"The group opened at DebugModeTests.cs:{LineOf("new Task" + "Group();")} was not left", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Correct_programs_are_told_nothing() => Assert.Empty(Run(Correct(), debug: true));

    [Fact]
    public void Without_debug_mode_nothing_is_told() => Assert.Empty(Run(Forgetful(), debug: false));

    [Fact]
    public void A_handler_that_fails_is_reported()
    {
        var reported = new List<string>();
        using (var loop = new EventLoop(new EventLoopOptions { Clock = new VirtualClock(), Debug = true }))
        {
            loop.UnhandledException += (_, e) => reported.Add(e.Exception.Message);
            loop.Warning += (_, _) => throw new InvalidOperationException("in the handler");
            loop.RunUntilComplete(LeakScope());
        }

        Assert.Equal(["in the handler"], reported);
    }

    private static List<LoopWarningEventArgs> Run(Coroutine main, bool debug)
    {
        var warnings = new List<LoopWarningEventArgs>();
        using (var loop = new EventLoop(new EventLoopOptions { Clock = new VirtualClock(), Debug = debug }))
        {
            loop.Warning += (_, warning) => warnings.Add(warning);
            loop.RunUntilComplete(main);
        }

        return warnings;
    }

    [Coroutine]
    private static async Coroutine Generated() => await Coroutine.Yield();

    private static async Coroutine Reference() => await Coroutine.Yield();

    [Coroutine]
    private static async Coroutine Forgetful()
    {
        await Recursive(3);
        _ = Recursive(0);
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine Recursive(int depth)
    {
        await Coroutine.Yield();
        if (depth > 0)
            await Recursive(depth - 1);
    }

    [Coroutine]
    private static async Coroutine LeakScope()
    {
        _ = CancelScope.Open();
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine LeakGroup()
    {
        var group = new TaskGroup();
        group.Spawn(Generated());
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine Correct()
    {
        await using (var group = new TaskGroup())
        {
            group.Spawn(Recursive(3));
            group.Spawn(Reference());
            await group.Join();
        }

        using (CancelScope.After(TimeSpan.FromSeconds(1)))
            await Generated();
        await Coroutine.WhenAll(Generated(), Reference());
        await Coroutine.WhenAny(Generated(), Endless());
        if (await Coroutine.MoveOnAfter(Endless(), TimeSpan.FromSeconds(1)))
            throw new InvalidOperationException("The endless came to an end.");
        var task = EventLoop.Current.Spawn(Endless());
        await Coroutine.Yield();
        task.Cancel();
    }

    [Coroutine]
    private static async Coroutine Endless() => await new Future<int>();
}
