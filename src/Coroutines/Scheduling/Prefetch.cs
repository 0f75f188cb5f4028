using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Has the processor fetch into its caches what is used a little later.</summary>
/// <remarks>
/// Fact: a million tasks lie scattered over more memory than the caches hold, and to wait for memory takes as long as the step of a task. Decision: where the order of what comes is known, ask for it a few nodes
/// ahead. Starting, putting to sleep and waking one of a million tasks took 140 ns without it, 88 with it (<c>tests/Coroutines.Benchmarks -- quick delay-1m</c>). Cost: some instructions for each node, which
/// only pay where there are many. Elsewhere than on x86 the runtime has no such instruction, and nothing is done.
/// </remarks>
internal static unsafe class Prefetch
{
    /// <summary>How many nodes ahead: to fetch one takes about as long as the steps of so many.</summary>
    public const int Distance = 16;

    private const int CacheLine = 64;

    /// <summary>The first two lines of a node, in which all of a small task lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Node(LoopNode? node)
    {
        if (!Sse.IsSupported)
            return;
        // The collector may move it meanwhile. That is no harm: what is fetched is never looked at by this address.
        byte* address = (byte*)Unsafe.As<LoopNode?, nint>(ref node);
        Sse.Prefetch0(address);
        Sse.Prefetch0(address + CacheLine);
    }
}
