using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class NestedCompleteBenchmarks
{
    private const int Operations = 1_000_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => NestedComplete.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => NestedComplete.Reference(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Task() => NestedComplete.Tasks(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ValueTaskPooled() => NestedComplete.Pooled(Operations);
}
