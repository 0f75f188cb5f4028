using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class LockHandoffBenchmarks
{
    private const int Operations = 100_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => LockHandoff.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => LockHandoff.Reference(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void SemaphoreSlim() => LockHandoff.Semaphores(Operations);
}
