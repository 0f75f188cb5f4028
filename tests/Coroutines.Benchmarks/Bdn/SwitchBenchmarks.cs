using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class SwitchBenchmarks
{
    private const int Operations = 1_000_000;

    [Params(1, 1_000)]
    public int LiveTasks { get; set; }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => Switch.Generated(LiveTasks, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => Switch.Reference(LiveTasks, Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Task() => Switch.Tasks(LiveTasks, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ValueTaskPooled() => Switch.Pooled(LiveTasks, Operations);
}
