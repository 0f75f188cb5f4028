namespace Coroutines;

/// <summary>A thread and the loop that runs on it until it is stopped. Any thread.</summary>
internal sealed class LoopThread
{
    private readonly Thread _thread;
    private int _load;

    public LoopThread(string name, EventLoopOptions options)
    {
        using var started = new ManualResetEventSlim();
        // Made here, so that options which no loop can be made with are refused here.
        var loop = new EventLoop(options);
        // Set from inside: then the loop is its thread's.
        loop.CallSoon(static started => started.Set(), started);
        _thread = new Thread(() =>
        {
            using (loop)
                loop.RunForever();
        })
        {
            Name = name,
            IsBackground = true,
        };
        _thread.Start();
        started.Wait();
        Loop = loop;
    }

    public EventLoop Loop { get; }

    /// <summary>How many coroutines were spawned here and have not ended.</summary>
    public int Load => _thread.IsAlive ? Volatile.Read(ref _load) : int.MaxValue;

    public bool IsCurrent => Thread.CurrentThread == _thread;

    public async Task Spawn(Func<Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        await Spawn(async Coroutine<bool> () =>
        {
            await body();
            return true;
        }).ConfigureAwait(false);
    }

    public Task<T> Spawn<T>(Func<Coroutine<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _load);
        if (Loop.TryPost(static state => state.Self.Start(state.Body, state.Completion), (Self: this, Body: body, Completion: outcome)))
            return outcome.Task;
        Interlocked.Decrement(ref _load);
        throw new ObjectDisposedException(nameof(LoopGroup), "This loop of the group has ended: the group was disposed, or a coroutine has stopped the loop.");
    }

    /// <summary>Ends the loop after its turn, if no coroutine has stopped it from inside.</summary>
    public void Stop() => Loop.TryPost(static loop => loop.Stop(), Loop);

    public void Join() => _thread.Join();

    // On the loop's thread.
    private void Start<T>(Func<Coroutine<T>> body, TaskCompletionSource<T> outcome)
    {
        try
        {
            _ = Follow(Loop.Spawn(body()), outcome);
        }
        catch (Exception exception)
        {
            Interlocked.Decrement(ref _load);
            outcome.SetException(exception);
        }
    }

    private async Task Follow<T>(CoroutineTask<T> task, TaskCompletionSource<T> outcome)
    {
        try
        {
            outcome.SetResult(await task);
        }
        catch (OperationCanceledException)
        {
            outcome.SetCanceled();
        }
        catch (Exception exception)
        {
            outcome.SetException(exception);
        }
        finally
        {
            Interlocked.Decrement(ref _load);
        }
    }
}
