using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class SpawnAwaitBenchmarks
{
    private const int Operations = 100_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => SpawnAwait.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => SpawnAwait.Reference(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Task() => SpawnAwait.Tasks(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ValueTaskPooled() => SpawnAwait.Pooled(Operations);
}
