namespace Coroutines.Tests.Reactors;

public sealed class PortableReactorTests : ReactorContract
{
    internal override IReactor Create(EventLoop loop) => new SelectReactor(loop);

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(1, 1000)]
    [InlineData(10_000, 1000)]
    [InlineData(10_001, 2000)]
    [InlineData(long.MaxValue, int.MaxValue / 1000 * 1000)]
    public void Timeouts_are_whole_milliseconds_rounded_up(long ticks, int expected) => Assert.Equal(expected, SelectReactor.Microseconds(ticks));
}
