using System.Diagnostics.CodeAnalysis;

namespace Coroutines;

/// <summary>
/// All descriptors a reactor has seen, by number, and a dense list of those somebody is interested in or the backend holds. Loop thread only.
/// </summary>
/// <remarks>
/// <para>The list exists for one fact: closing a descriptor removes it from epoll without an event, so a coroutine that waits for it
/// would wait for ever. The obvious answer, a reference on the handle for as long as somebody waits, makes <c>Socket.Dispose</c> spin
/// until the wait is over, which on the loop's own thread is for ever too. So every poll looks at a few watched handles in turn
/// (<see cref="Verify"/>): a wait on a closed handle costs nothing until it happens and is found within a pass over the list.</para>
/// <para>A pass is over when all have been looked at since it began; the list cannot change while the reactor blocks, as
/// only code on the loop's thread changes it. So a handle that another thread closes meanwhile is found when something wakes the loop: such a
/// thread is to hand the call to the loop.</para>
/// </remarks>
internal sealed class DescriptorTable
{
    private Descriptor?[] _byNumber = new Descriptor?[64];
    private Descriptor[] _watched = new Descriptor[64];
    private int _cursor;
    private int _unverified;

    public DescriptorTable(IWakeTarget target) => Target = target;

    public IWakeTarget Target { get; }

    /// <summary>Who must hear of every change of interest; null for backends that are told of descriptors once.</summary>
    public IInterestObserver? Observer { get; set; }

    /// <summary>How many descriptors somebody is interested in.</summary>
    public int InterestCount { get; set; }

    /// <summary>How many descriptors somebody is interested in or the backend holds.</summary>
    public int WatchedCount { get; private set; }

    /// <summary>Those descriptors.</summary>
    public ReadOnlySpan<Descriptor> Watched => _watched.AsSpan(0, WatchedCount);

    /// <summary>Whether every watched handle was looked at since <see cref="BeginPass"/>.</summary>
    public bool IsPassComplete => _unverified == 0;

    public bool TryGet(int number, [NotNullWhen(true)] out Descriptor? descriptor)
    {
        var byNumber = _byNumber;
        descriptor = (uint)number < (uint)byNumber.Length ? byNumber[number] : null;
        return descriptor is not null;
    }

    public Descriptor GetOrAdd(int number)
    {
        if (TryGet(number, out var known))
            return known;
        if (number >= _byNumber.Length)
            Array.Resize(ref _byNumber, Math.Max(number + 1, _byNumber.Length * 2));
        return _byNumber[number] = new Descriptor(this, number);
    }

    public void Watch(Descriptor descriptor)
    {
        if (WatchedCount == _watched.Length)
            Array.Resize(ref _watched, WatchedCount * 2);
        descriptor.WatchIndex = WatchedCount;
        _watched[WatchedCount++] = descriptor;
    }

    public void Unwatch(Descriptor descriptor)
    {
        int index = descriptor.WatchIndex;
        var last = _watched[--WatchedCount];
        _watched[index] = last;
        last.WatchIndex = index;
        _watched[WatchedCount] = null!;
        descriptor.WatchIndex = Descriptor.Unwatched;
    }

    /// <summary>Begins a pass over the watched handles: user code ran, so any of them may have been closed.</summary>
    public void BeginPass() => _unverified = WatchedCount;

    /// <summary>Looks at up to <paramref name="limit"/> watched handles that this pass has not reached; wakes the waiters of those closed.</summary>
    /// <returns>Whether any was.</returns>
    public bool Verify(int limit)
    {
        bool found = false;
        for (; limit > 0 && _unverified > 0; limit--, _unverified--)
        {
            if (_cursor >= WatchedCount)
                _cursor = 0;
            var descriptor = _watched[_cursor];
            if (!descriptor.IsOrphaned)
            {
                _cursor++;
                continue;
            }

            // Its place is taken by the last one, which the cursor then looks at.
            descriptor.Orphan();
            found = true;
        }

        return found;
    }
}
