namespace Coroutines.Tests.Sync.Models;

/// <summary>A semaphore is a number of permits and a list of those who wait. At most four at once, two at first.</summary>
internal sealed partial class SemaphoreHistory : History
{
    private const int Initial = 2;
    private const int Maximum = 4;

    private readonly LoopSemaphore _semaphore;
    private readonly Queue<LoopSemaphore.Permit> _permits = new();
    private readonly List<int> _waiting = [];
    private int _free = Initial;
    private int _added;

    public SemaphoreHistory() => _semaphore = new LoopSemaphore(Loop, Initial, Maximum);

    protected override void Do(int operation, int choice)
    {
        if (operation < 6)
            Start(who => Acquire(who), Arrive);
        else if (operation < 9)
            Cancel(choice);
        else if (operation < 11)
            GiveBackOne();
        else if (operation == 11)
            Add(choice + 1);
        else if (operation == 12)
            Try();
        else
            Turn();
        Assert.Equal(_free, _semaphore.CurrentCount);
    }

    protected override void LetGo()
    {
        while (_permits.Count > 0)
            GiveBackOne();
    }

    protected override void AssertNothingIsLeft()
    {
        LetGo();
        Assert.Empty(_waiting);
        Assert.Equal(Initial + _added, _semaphore.CurrentCount);
    }

    protected override bool TryAbandon(int who) => _waiting.Remove(who);

    private void GiveBackOne()
    {
        if (!_permits.TryDequeue(out var permit))
            return;
        permit.Dispose();
        Release();
    }

    private void Add(int count)
    {
        // Permits in hands count too, or giving them back would be too much later.
        if (count > Maximum - Initial - _added)
        {
            if (count > Maximum - _free)
                Assert.Throws<SemaphoreFullException>(() => _semaphore.Release(count));
            return;
        }

        _added += count;
        _semaphore.Release(count);
        for (int i = 0; i < count; i++)
            Release();
    }

    private void Try()
    {
        Assert.Equal(_free > 0, _semaphore.TryAcquire(out var permit));
        if (_free == 0)
            return;
        _free--;
        _permits.Enqueue(permit);
    }

    private void Release()
    {
        if (_waiting.Count == 0)
        {
            _free++;
            return;
        }

        int next = _waiting[0];
        _waiting.RemoveAt(0);
        InNextTurn(() => Expect($"{next} has one"));
    }

    private void Arrive(int who)
    {
        if (_free > 0)
        {
            _free--;
            Expect($"{who} has one");
        }
        else if (IsCancelled(who))
        {
            Expect($"{who} cancelled");
        }
        else
        {
            _waiting.Add(who);
        }
    }

    [Coroutine]
    private async Coroutine Acquire(int who)
    {
        try
        {
            _permits.Enqueue(await _semaphore.Acquire());
            See($"{who} has one");
        }
        catch (OperationCanceledException)
        {
            See($"{who} cancelled");
        }
    }
}
