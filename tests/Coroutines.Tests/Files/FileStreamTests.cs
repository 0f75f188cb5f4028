using static Coroutines.Tests.Streams.ReadingTests;

namespace Coroutines.Tests.Files;

/// <summary>Files as streams of bytes: what others do at the same time.</summary>
public sealed partial class FileStreamTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_second_reader_is_refused_and_no_byte_is_lost()
    {
        File.WriteAllText(_path, "12345678");
        EventLoop.Run(SecondReader());
    }

    [Coroutine]
    private async Coroutine SecondReader()
    {
        await using var file = await LoopFile.OpenStream(_path);
        byte[] bytes = new byte[8];
        var first = EventLoop.Current.Spawn(file.Read(bytes.AsMemory(0, 4)));
        await Coroutine.Yield();
        await Refused<InvalidOperationException>(Read(file, bytes.AsMemory(4)));
        Assert.Equal(4, await first);
        await file.ReadExactly(bytes.AsMemory(4));
        Assert.Equal("12345678"u8.ToArray(), bytes);
    }

    [Coroutine]
    private static async Coroutine Read(ByteStream stream, Memory<byte> buffer) => await stream.Read(buffer);
}
