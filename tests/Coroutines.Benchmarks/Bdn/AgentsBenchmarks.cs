using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class AgentsBenchmarks
{
    private const int Operations = 1_000_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => Agents.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Reference() => Agents.Reference(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Iterator() => Agents.ByHand(Operations);
}
