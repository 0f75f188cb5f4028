namespace Coroutines.Benchmarks.Baseline;

/// <summary>
/// Brings what the runtime's own types resume, channels and semaphores, to <see cref="TurnQueue"/>: without a context they would go to the thread pool. Its work items are used again, so what a contender
/// allocates is its own.
/// </summary>
internal sealed class TurnContext : SynchronizationContext
{
    private static readonly TurnContext s_instance = new();

    private readonly Stack<Work> _spare = new();

    /// <summary>Runs what <paramref name="start"/> begins until nothing is queued.</summary>
    public static void Run(Action start)
    {
        var outer = Current;
        SetSynchronizationContext(s_instance);
        try
        {
            start();
            TurnQueue.Run();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!_spare.TryPop(out var work))
            work = new Work(this);
        work.Callback = d;
        work.State = state;
        TurnQueue.Post(work.Run);
    }

    private sealed class Work
    {
        private readonly TurnContext _context;

        public Work(TurnContext context)
        {
            _context = context;
            Run = () =>
            {
                var callback = Callback!;
                object? state = State;
                _context._spare.Push(this);
                callback(state);
            };
        }

        public SendOrPostCallback? Callback { get; set; }

        public object? State { get; set; }

        public Action Run { get; }
    }
}
