using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

/// <summary>What the loop itself costs: there is nothing to compare with in the same process.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private const int Operations = 100_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void EnterAndLeave() => RunUntilComplete.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CallSoonOneLive() => CallSoon.Loop(1, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CallSoonThousandLive() => CallSoon.Loop(1_000, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CallLaterBatch() => CallLater.Loop(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CancelAmongTen() => TimerCancel.Loop(10, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void CancelAmongMillion() => TimerCancel.Loop(1_000_000, Operations);
}
