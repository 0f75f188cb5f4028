using Coroutines;

namespace RespServer;

/// <summary>The keys and what they hold. A key with a time to live has a timer of the loop.</summary>
public sealed class Store
{
    private readonly EventLoop _loop;
    private readonly Dictionary<byte[], Entry> _entries = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public Store(EventLoop loop)
    {
        _loop = loop;
        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _entries.Count;

    public Entry? Find(ReadOnlySpan<byte> key) => _lookup.TryGetValue(key, out var entry) ? entry : null;

    /// <summary>The value of a key if it is of that kind; null if there is none. False if it is of another kind.</summary>
    public bool TryGet<T>(ReadOnlySpan<byte> key, out T? value)
        where T : class
    {
        var found = Find(key)?.Value;
        value = found as T;
        return found is null || value is not null;
    }

    /// <summary>As <see cref="TryGet{T}"/>, but makes an empty value where there is none.</summary>
    public bool TryGetOrAdd<T>(ReadOnlySpan<byte> key, out T? value)
        where T : class, new()
    {
        if (!TryGet(key, out value))
            return false;
        if (value is null)
            Set(key, value = new T());
        return true;
    }

    public Entry Set(ReadOnlySpan<byte> key, object value)
    {
        if (_lookup.TryGetValue(key, out var entry))
        {
            entry.Value = value;
            return entry;
        }

        entry = new Entry(key.ToArray(), value);
        _entries.Add(entry.Key, entry);
        return entry;
    }

    public bool Remove(ReadOnlySpan<byte> key)
    {
        if (!_lookup.Remove(key, out _, out var entry))
            return false;
        entry.Expiry.Cancel();
        return true;
    }

    public void Clear()
    {
        foreach (var entry in _entries.Values)
            entry.Expiry.Cancel();
        _entries.Clear();
    }

    public void ExpireIn(Entry entry, TimeSpan time)
    {
        Persist(entry);
        entry.Deadline = _loop.Now + time;
        entry.Expiry = _loop.CallAt(entry.Deadline.Value, static expired => expired.Store._entries.Remove(expired.Key), (Store: this, entry.Key));
    }

    public bool Persist(Entry entry)
    {
        entry.Deadline = null;
        return entry.Expiry.Cancel();
    }

    /// <summary>How long a key has to live; null for ever.</summary>
    public TimeSpan? TimeToLive(Entry entry) => entry.Deadline - _loop.Now;
}

/// <summary>A key, what it holds, and when it goes.</summary>
public sealed class Entry(byte[] key, object value)
{
    public byte[] Key => key;

    public object Value { get; set; } = value;

    public TimeSpan? Deadline { get; set; }

    public LoopHandle Expiry { get; set; }
}
