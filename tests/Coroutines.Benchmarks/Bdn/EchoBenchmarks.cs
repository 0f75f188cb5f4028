using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

/// <summary>Connecting is part of the time here, which the quick runner leaves out; a round is long enough to hide it.</summary>
[MemoryDiagnoser]
public class EchoBenchmarks
{
    private const int Operations = 256 * 100;

    [Params(1, 256)]
    public int Connections { get; set; }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => EchoLoop.Generated(Connections, Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => EchoLoop.Reference(Connections, Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Task() => EchoTask.Run(Connections, Operations);
}
