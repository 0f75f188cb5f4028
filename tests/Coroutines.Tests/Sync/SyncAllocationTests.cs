using Coroutines.Tests.Allocation;

namespace Coroutines.Tests.Sync;

/// <summary>Waiting for one another allocates nothing: those who wait are the tasks themselves, and items wait in slots that are used again.</summary>
public sealed class SyncAllocationTests
{
    public static TheoryData<string> Cases => [.. s_cases.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_generated_lowering_allocates_nothing(string name)
    {
        using var loop = VirtualLoop.Create();
        var body = s_cases.Single(entry => entry.Name == name).Generated(loop);
        Allocations.AssertNone(n => loop.RunUntilComplete(body(n)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reference_lowering_allocates_nothing(string name)
    {
        using var loop = VirtualLoop.Create();
        var body = s_cases.Single(entry => entry.Name == name).Reference(loop);
        Allocations.AssertNone(n => loop.RunUntilComplete(body(n)));
    }

    private static readonly (string Name, Func<EventLoop, Func<int, Coroutine>> Generated, Func<EventLoop, Func<int, Coroutine>> Reference)[] s_cases =
    [
        ("lock",
            loop => Over(new LoopLock(loop), (shared, n) => GeneratedOperations.Locks(shared, n)),
            loop => Over(new LoopLock(loop), (shared, n) => ReferenceOperations.Locks(shared, n))),
        ("semaphore",
            loop => Over(new LoopSemaphore(loop, 1), (shared, n) => GeneratedOperations.Semaphores(shared, n)),
            loop => Over(new LoopSemaphore(loop, 1), (shared, n) => ReferenceOperations.Semaphores(shared, n))),
        ("event",
            loop => Over((Mine: Signal(loop), Theirs: Signal(loop)), (shared, n) => GeneratedOperations.Events(shared.Mine, shared.Theirs, n)),
            loop => Over((Mine: Signal(loop), Theirs: Signal(loop)), (shared, n) => ReferenceOperations.Events(shared.Mine, shared.Theirs, n))),
        ("condition",
            loop => Over(new LoopCondition(new LoopLock(loop)), (shared, n) => GeneratedOperations.Conditions(shared, n)),
            loop => Over(new LoopCondition(new LoopLock(loop)), (shared, n) => ReferenceOperations.Conditions(shared, n))),
        ("barrier",
            loop => Over(new LoopBarrier(loop, 2), (shared, n) => GeneratedOperations.Barriers(shared, n)),
            loop => Over(new LoopBarrier(loop, 2), (shared, n) => ReferenceOperations.Barriers(shared, n))),
        ("unbounded channel",
            loop => Over(LoopChannel.CreateUnbounded<int>(loop), (shared, n) => GeneratedOperations.Channel(shared, n)),
            loop => Over(LoopChannel.CreateUnbounded<int>(loop), (shared, n) => ReferenceOperations.Channel(shared, n))),
        ("bounded channel",
            loop => Over(LoopChannel.CreateBounded<int>(4, loop), (shared, n) => GeneratedOperations.Channel(shared, n)),
            loop => Over(LoopChannel.CreateBounded<int>(4, loop), (shared, n) => ReferenceOperations.Channel(shared, n))),
        ("rendezvous channel",
            loop => Over(LoopChannel.CreateRendezvous<int>(loop), (shared, n) => GeneratedOperations.Channel(shared, n)),
            loop => Over(LoopChannel.CreateRendezvous<int>(loop), (shared, n) => ReferenceOperations.Channel(shared, n))),
        ("priority channel",
            loop => Over(LoopChannel.CreatePriority<int>(capacity: 4, loop: loop), (shared, n) => GeneratedOperations.Channel(shared, n)),
            loop => Over(LoopChannel.CreatePriority<int>(capacity: 4, loop: loop), (shared, n) => ReferenceOperations.Channel(shared, n))),
        ("LIFO channel",
            loop => Over(LoopChannel.CreateLifo<int>(4, loop), (shared, n) => GeneratedOperations.Channel(shared, n)),
            loop => Over(LoopChannel.CreateLifo<int>(4, loop), (shared, n) => ReferenceOperations.Channel(shared, n))),
        ("await foreach",
            loop => Over(LoopChannel.CreateBounded<int>(2, loop), (shared, n) => GeneratedOperations.Streams(shared, n)),
            loop => Over(LoopChannel.CreateBounded<int>(2, loop), (shared, n) => ReferenceOperations.Streams(shared, n))),
        ("waiting for items",
            loop => Over(LoopChannel.CreateRendezvous<int>(loop), (shared, n) => GeneratedOperations.Readiness(shared, n)),
            loop => Over(LoopChannel.CreateRendezvous<int>(loop), (shared, n) => ReferenceOperations.Readiness(shared, n))),
    ];

    // What the tasks share is made once: what is counted is what they do with it.
    private static Func<int, Coroutine> Over<T>(T shared, Func<T, int, Coroutine> body) => n => body(shared, n);

    private static LoopEvent Signal(EventLoop loop) => new(loop, EventResetMode.AutoReset);
}
