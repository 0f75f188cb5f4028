using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class NestedSuspendBenchmarks
{
    private const int Operations = 100_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => NestedSuspend.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => NestedSuspend.Reference(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Task() => NestedSuspend.Tasks(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ValueTaskPooled() => NestedSuspend.Pooled(Operations);
}
