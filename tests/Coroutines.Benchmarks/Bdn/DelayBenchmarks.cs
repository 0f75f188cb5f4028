using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class DelayBenchmarks
{
    private const int Operations = 100_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => Delays.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => Delays.Reference(Operations);
}
