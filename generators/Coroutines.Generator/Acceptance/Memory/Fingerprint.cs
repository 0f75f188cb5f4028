namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>So much of a hash that what has the same one is taken to be the same. Nobody gains by making two the same, so it need not be hard to do.</summary>
internal readonly record struct Fingerprint(ulong High, ulong Low)
{
    private static readonly Fingerprint s_empty = new(0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F);

    public static Fingerprint Of(string text) => Of(text, 0, text.Length);

    public static Fingerprint Of(string text, int start, int end)
    {
        ulong high = s_empty.High, low = s_empty.Low;
        for (int i = start; i < end; i++)
        {
            // Two hashes that have nothing in common but the text.
            unchecked
            {
                high = (high ^ text[i]) * 0xD6E8FEB86659FD93;
                high ^= high >> 32;
                low = (low + text[i]) * 0xA0761D6478BD642F;
                low = (low << 29) | (low >> 35);
            }
        }
        return new Fingerprint(high, low).Mixed();
    }

    /// <summary>Of both, in whatever order.</summary>
    public static Fingerprint operator +(Fingerprint one, Fingerprint other) => new(unchecked(one.High + other.High), unchecked(one.Low + other.Low));

    /// <summary>Of this one and then the other.</summary>
    public Fingerprint Then(Fingerprint next) => Mixed() + next;

    public Fingerprint Then(int number) => Then(new Fingerprint(0, (ulong)number).Mixed());

    /// <summary>Another one, that says as much: sums of sums would forget what goes in very often.</summary>
    public Fingerprint Mixed()
    {
        ulong high = Mix(unchecked(High + (3 * Mix(Low))));
        return new(high, Mix(unchecked(Low + (5 * high))));
    }

    private static ulong Mix(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 32)) * 0xD6E8FEB86659FD93;
            bits = (bits ^ (bits >> 29)) * 0xA0761D6478BD642F;
            return bits ^ (bits >> 32);
        }
    }
}
