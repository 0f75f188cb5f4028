using System.Net.Sockets;

namespace Coroutines.Tests.Reactors;

/// <summary>
/// Random histories of waiting, cancelling, sending, closing and reopening, the same for the same seed, checked after every step against what
/// each waiter must have been told.
/// </summary>
public sealed class ReactorHistories
{
    private sealed class Subject
    {
        public LoopbackPair? Pair;
        public ProbeNode? Reader;
        public bool IsReady;
    }

    public static TheoryData<ReactorKind, int> Seeds
    {
        get
        {
            var seeds = new TheoryData<ReactorKind, int>();
            foreach (var kind in ReactorKinds.All)
            {
                for (int seed = 1; seed <= 4; seed++)
                    seeds.Add(kind, seed);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_waiter_is_told_and_only_once(ReactorKind kind, int seed)
    {
        var random = new Random(seed);
        using var loop = new EventLoop();
        using var reactor = ReactorSelection.Create(kind, loop, out _);
        var subjects = Enumerable.Range(0, 40).Select(_ => new Subject()).ToArray();
        for (int step = 0; step < 5000; step++)
        {
            var subject = subjects[random.Next(subjects.Length)];
            Act(reactor, subject, random.Next(6));
            reactor.Poll(0);
            foreach (var other in subjects)
                Check(other, step);
        }

        // Handles that were closed are found by the passes that polls make a part of each.
        for (int polls = 0; polls < subjects.Length; polls++)
            reactor.Poll(0);
        foreach (var subject in subjects)
        {
            Assert.True(subject.Reader is null || subject.Reader.WasSignalled == (subject.IsReady || subject.Pair is null));
            subject.Pair?.Dispose();
        }
    }

    private static void Act(IReactor reactor, Subject subject, int choice)
    {
        switch (choice)
        {
            case 0 when subject.Pair is null:
                subject.Pair = LoopbackPair.Connect();
                subject.Pair.Near.Blocking = false;
                subject.IsReady = false;
                // The former socket's waiter, if it was not told yet, still must be; it is not this socket's.
                subject.Reader = null;
                break;
            case 1 or 2 when subject.Pair is not null && subject.Reader is not { IsWaiting: true }:
                Drain(subject);
                subject.Reader = new ProbeNode().WaitFor(reactor, subject.Pair.Near.SafeHandle, ReadinessKind.Read);
                break;
            case 3 when subject.Pair is not null:
                subject.Pair.Far.Send([1, 2, 3]);
                subject.IsReady = true;
                break;
            case 4 when subject.Reader is { IsWaiting: true } reader:
                reader.Cancel();
                subject.Reader = null;
                break;
            case 5 when subject.Pair is not null:
                subject.Pair.Dispose();
                subject.Pair = null;
                break;
        }
    }

    private static void Drain(Subject subject)
    {
        var buffer = new byte[64];
        while (subject.Pair!.Near.Receive(buffer, 0, buffer.Length, SocketFlags.None, out var error) > 0)
            Assert.Equal(SocketError.Success, error);
        subject.IsReady = false;
    }

    private static void Check(Subject subject, int step)
    {
        if (subject is not { Pair: not null, Reader: { } reader })
            return;
        if (subject.IsReady)
            Assert.True(reader.WasSignalled, $"step {step}: data arrived and the waiter was not told");
        else
            Assert.False(reader.WasSignalled, $"step {step}: the waiter was told without cause");
    }
}
