namespace RespServer;

/// <summary>A string value: bytes in an array that is used again when the key is set to something that fits.</summary>
public sealed class Text
{
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length)
            _bytes = new byte[bytes.Length];
        bytes.CopyTo(_bytes);
        _length = bytes.Length;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}

/// <summary>A list value: both ends are cheap.</summary>
public sealed class ListValue : LinkedList<byte[]>;

/// <summary>A hash value.</summary>
public sealed class HashValue() : Dictionary<byte[], byte[]>(BytesComparer.Instance);

/// <summary>Compares keys by their bytes, whether they lie in an array or in a connection's buffer.</summary>
public sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static BytesComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

    public byte[] Create(ReadOnlySpan<byte> bytes) => bytes.ToArray();

    public bool Equals(ReadOnlySpan<byte> bytes, byte[] other) => bytes.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
