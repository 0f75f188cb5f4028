namespace Coroutines.Tests.Streams;

/// <summary>A writer in a hurry and a reader that takes little at a time.</summary>
internal static partial class SlowTransfer
{
    /// <summary>Writes to the end of the stream, checks every byte that arrives, and says how much was unsent at most.</summary>
    [Coroutine]
    public static async Coroutine<int> MostUnsent(ByteStream writer, ByteStream reader, int total)
    {
        await using var group = new TaskGroup();
        var writing = group.Spawn(WriteAll(writer, total));
        byte[] buffer = new byte[700];
        int received = 0;
        while (await reader.Read(buffer) is var count and > 0)
        {
            for (int i = 0; i < count; i++)
                Assert.Equal((byte)(received++ * 31), buffer[i]);
        }

        Assert.Equal(total, received);
        await group.Join();
        return await writing;
    }

    [Coroutine]
    private static async Coroutine<int> WriteAll(ByteStream stream, int total)
    {
        byte[] bytes = new byte[total];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 31);
        int most = 0;
        foreach (byte[] chunk in bytes.Chunk(1_999))
        {
            await stream.Write(chunk);
            most = Math.Max(most, stream.UnsentLength);
        }

        await stream.CompleteWrites();
        return most;
    }
}
