using System.Runtime.CompilerServices;

namespace Coroutines.Benchmarks.Baseline;

/// <summary>
/// The queue under the contenders <c>task</c> and <c>valuetask-pooled</c>: the least a single-threaded scheduler can be, so
/// that what is compared is the coroutine machinery. It has the shape of the library's own ready queue (power-of-two ring of
/// one-field structs, unsigned ends) and none of its duties: no timers, no I/O, no other threads.
/// </summary>
internal static class TurnQueue
{
    private static Slot[] s_ring = new Slot[1024];
    private static uint s_head;
    private static uint s_tail;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Post(Action continuation)
    {
        Slot[] ring = s_ring;
        uint tail = s_tail;
        ring[tail & (uint)(ring.Length - 1)].Continuation = continuation;
        s_tail = tail + 1;
        if (tail + 1 - s_head == (uint)ring.Length)
            Grow();
    }

    /// <summary>Runs until nothing is queued.</summary>
    public static void Run()
    {
        while (s_head != s_tail)
        {
            Slot[] ring = s_ring;
            Action continuation = ring[s_head & (uint)(ring.Length - 1)].Continuation;
            s_head++;
            continuation();
        }
    }

    public static YieldAwaitable Yield() => default;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Grow()
    {
        var larger = new Slot[s_ring.Length * 2];
        uint count = 0;
        for (uint i = s_head; i != s_tail; i++)
            larger[count++] = s_ring[i & (uint)(s_ring.Length - 1)];
        s_ring = larger;
        s_head = 0;
        s_tail = count;
    }

    private struct Slot
    {
        public Action Continuation;
    }

    /// <summary>Awaitable and awaiter in one, a struct without fields: <c>await</c> of it costs the caller's machinery only.</summary>
    internal readonly struct YieldAwaitable : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public YieldAwaitable GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => Post(continuation);

        public void UnsafeOnCompleted(Action continuation) => Post(continuation);
    }
}
