using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class ForEachStreamBenchmarks
{
    private const int Operations = 200_000;

    [Params(false, true)]
    public bool Suspends { get; set; }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => ForEachStream.Generated(Operations, Suspends);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Reference() => ForEachStream.Reference(Operations, Suspends);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Task() => ForEachStream.Tasks(Operations, Suspends);
}
