using Coroutines;

namespace RespServer;

/// <summary>Sessions that wait for an item of a list, first come, first served.</summary>
public sealed partial class BlockedPops
{
    private readonly Dictionary<byte[], LinkedList<Future<(byte[] Key, byte[] Item)>>> _waiting = new(BytesComparer.Instance);

    /// <summary>Gives an item that was pushed to a list to the one who waits longest. False if nobody does: the list keeps it.</summary>
    public bool TryHandOver(byte[] key, byte[] item)
    {
        while (_waiting.TryGetValue(key, out var waiters) && waiters.First is { } first)
        {
            waiters.RemoveFirst();
            // One who waits for several lists is in several queues.
            if (first.Value.TrySetResult((key, item)))
                return true;
        }

        return false;
    }

    /// <summary>Waits until one of the lists has an item. Suspends; null after the time-out.</summary>
    [Coroutine]
    public async Coroutine<(byte[] Key, byte[] Item)?> Wait(byte[][] keys, TimeSpan? timeout)
    {
        var future = new Future<(byte[] Key, byte[] Item)>();
        foreach (byte[] key in keys)
        {
            if (!_waiting.TryGetValue(key, out var waiters))
                _waiting.Add(key, waiters = []);
            waiters.AddLast(future);
        }

        try
        {
            if (timeout is not { } time)
                return await future;
            var (isInTime, found) = await Coroutine.MoveOnAfter(Await(future), time);
            return isInTime ? found : null;
        }
        finally
        {
            future.Cancel();
            Forget(keys, future);
        }
    }

    private void Forget(byte[][] keys, Future<(byte[] Key, byte[] Item)> future)
    {
        foreach (byte[] key in keys)
        {
            if (_waiting.TryGetValue(key, out var waiters) && waiters.Remove(future) && waiters.Count == 0)
                _waiting.Remove(key);
        }
    }

    [Coroutine]
    private static async Coroutine<(byte[] Key, byte[] Item)> Await(Future<(byte[] Key, byte[] Item)> future) => await future;
}
