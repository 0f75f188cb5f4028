using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

/// <summary>Posting from other threads.</summary>
[MemoryDiagnoser]
public class PostBenchmarks
{
    private const int Operations = 400_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Loop() => PostMpsc.Loop(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void UnboundedChannel() => PostMpsc.UnboundedChannel(Operations);
}
