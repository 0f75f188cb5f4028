namespace Coroutines.Tests.Streams;

public class ByteQueueTests
{
    [Theory]
    [InlineData(0, 16, 16)]
    [InlineData(100, 16, 200)]
    [InlineData(100, 500, 600)]
    [InlineData(1_500_000_000, 1, 0x7FFFFFC7)]
    [InlineData(0x7FFFFFC6, 1, 0x7FFFFFC7)]
    public void It_grows_to_twice_what_there_is_as_far_as_an_array_can(int length, int atLeast, int expected) =>
        Assert.Equal(expected, ByteQueue.LengthFor(length, atLeast));

    [Fact]
    public void More_than_an_array_holds_is_refused() =>
        Assert.Contains("2147483592 bytes", Assert.Throws<InvalidOperationException>(() => ByteQueue.LengthFor(0x7FFFFFC7, 1)).Message, StringComparison.Ordinal);
}
