using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

/// <summary>Making and closing the connections is part of the time here, which the quick runner leaves out: look at the difference, not at the ratio.</summary>
[MemoryDiagnoser]
public class AcceptBenchmarks
{
    private const int Operations = 64 * 20;

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Epoll() => Accept.OnEpoll(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void IoUring() => Accept.OnIoUring(Operations);
}
