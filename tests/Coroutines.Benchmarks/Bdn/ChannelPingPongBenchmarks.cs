using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class ChannelPingPongBenchmarks
{
    private const int Operations = 100_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Coroutine() => ChannelPingPong.Generated(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Reference() => ChannelPingPong.Reference(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Channel() => ChannelPingPong.Channels(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ChannelInline() => ChannelPingPong.InlineChannels(Operations);
}
