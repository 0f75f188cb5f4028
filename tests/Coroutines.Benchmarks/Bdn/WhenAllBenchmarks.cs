using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class WhenAllBenchmarks
{
    private const int Operations = 1_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => WhenAll.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Task() => WhenAll.Tasks(Operations);
}
