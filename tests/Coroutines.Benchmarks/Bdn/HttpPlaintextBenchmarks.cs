using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

/// <summary>Connecting is part of the time here, as in <see cref="EchoBenchmarks"/>.</summary>
[MemoryDiagnoser]
public class HttpPlaintextBenchmarks
{
    private const int Operations = 64 * 400;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => HttpPlaintext.Generated(Operations);
}
