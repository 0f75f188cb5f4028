using System.Threading.Channels;

namespace Coroutines.Tests.Sync.Models;

/// <summary>A channel is three lists: items, readers that wait, and writers that wait with an item.</summary>
internal abstract partial class ChannelHistory(int capacity, Func<EventLoop, LoopChannel<int>> create) : History
{
    private readonly List<int> _items = [];
    private readonly List<int> _readers = [];
    private readonly List<(int Who, int Item)> _writers = [];
    private LoopChannel<int>? _channel;
    private bool _isCompleted;
    private int _nextItem;
    private int _written;
    private int _read;

    private LoopChannel<int> Channel => _channel ??= create(Loop);

    protected override void Do(int operation, int choice)
    {
        if (operation < 4)
            Start(who => Read(who), ArriveToRead);
        else if (operation < 8)
            StartWriter(_nextItem++);
        else if (operation < 11)
            Cancel(choice);
        else if (operation == 11)
            TryRead();
        else if (operation == 12)
            TryWrite(_nextItem++);
        else if (operation == 13 && choice == 0)
            Complete();
        else
            Turn();
        Assert.Equal(_items.Count, Channel.Count);
    }

    protected override void LetGo()
    {
    }

    protected override void AssertNothingIsLeft()
    {
        Assert.Empty(_readers);
        Assert.Empty(_writers);
        while (_items.Count > 0)
            TryRead();
        // Each item that was written was read, once.
        Assert.Equal(_written, _read);
        Assert.False(Channel.TryRead(out _));
    }

    protected override bool TryAbandon(int who) => _readers.Remove(who) || _writers.RemoveAll(writer => writer.Who == who) > 0;

    private void StartWriter(int item) => Start(who => Write(who, item), who => ArriveToWrite(who, item));

    private void TryRead()
    {
        bool isReadable = _items.Count > 0 || _writers.Count > 0;
        Assert.Equal(isReadable, Channel.TryRead(out int item));
        if (isReadable)
            Assert.Equal(Take(), item);
    }

    private void TryWrite(int item) => Assert.Equal(!_isCompleted && TryPut(item), Channel.TryWrite(item));

    private void Complete()
    {
        Assert.Equal(!_isCompleted, Channel.TryComplete());
        _isCompleted = true;
        foreach (var (who, _) in _writers)
            InNextTurn(() => Expect($"{who} closed"));
        foreach (int who in _readers)
            InNextTurn(() => Expect($"{who} closed"));
        _writers.Clear();
        _readers.Clear();
    }

    private int Take()
    {
        _read++;
        if (_writers.Count > 0)
        {
            var (who, item) = _writers[0];
            _writers.RemoveAt(0);
            _items.Add(item);
            _written++;
            InNextTurn(() => Expect($"{who} wrote {item}"));
        }

        int first = _items[0];
        _items.RemoveAt(0);
        return first;
    }

    private bool TryPut(int item)
    {
        if (_readers.Count > 0)
        {
            int who = _readers[0];
            _readers.RemoveAt(0);
            _read++;
            InNextTurn(() => Expect($"{who} read {item}"));
        }
        else if (_items.Count < capacity)
        {
            _items.Add(item);
        }
        else
        {
            return false;
        }

        _written++;
        return true;
    }

    private void ArriveToRead(int who)
    {
        if (_items.Count > 0 || _writers.Count > 0)
            Expect($"{who} read {Take()}");
        else if (_isCompleted)
            Expect($"{who} closed");
        else if (IsCancelled(who))
            Expect($"{who} cancelled");
        else
            _readers.Add(who);
    }

    private void ArriveToWrite(int who, int item)
    {
        if (_isCompleted)
            Expect($"{who} closed");
        else if (TryPut(item))
            Expect($"{who} wrote {item}");
        else if (IsCancelled(who))
            Expect($"{who} cancelled");
        else
            _writers.Add((who, item));
    }

    [Coroutine]
    private async Coroutine Read(int who)
    {
        try
        {
            See($"{who} read {await Channel.Read()}");
        }
        catch (ChannelClosedException)
        {
            See($"{who} closed");
        }
        catch (OperationCanceledException)
        {
            See($"{who} cancelled");
        }
    }

    [Coroutine]
    private async Coroutine Write(int who, int item)
    {
        try
        {
            await Channel.Write(item);
            See($"{who} wrote {item}");
        }
        catch (ChannelClosedException)
        {
            See($"{who} closed");
        }
        catch (OperationCanceledException)
        {
            See($"{who} cancelled");
        }
    }
}

internal sealed class UnboundedHistory() : ChannelHistory(int.MaxValue, loop => LoopChannel.CreateUnbounded<int>(loop));

internal sealed class BoundedHistory() : ChannelHistory(2, loop => LoopChannel.CreateBounded<int>(2, loop));

internal sealed class RendezvousHistory() : ChannelHistory(0, loop => LoopChannel.CreateRendezvous<int>(loop));
