using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Where a stream of the compiler's goes on after it has waited for foreign code: on the loop, and for the task that reads it.
/// Entered on the loop's thread; posted to from any.
/// </summary>
/// <remarks>
/// Fact: nothing of ours is called when an async iterator waits for a <see cref="Task"/>; the task only remembers the current context. So this is the current one while a stream is read. What else
/// waits in it, ordinary async code that the reader calls, goes on as it would without it.
/// </remarks>
internal sealed class ReaderContext : LoopSynchronizationContext
{
    private readonly LoopTask _reader;
    private readonly int _version;

    private ReaderContext(LoopTask reader, EventLoop loop)
        : base(loop, watchesWaits: loop.IsDebug)
    {
        _reader = reader;
        _version = reader.Version;
    }

    /// <summary>The context of a task, made on first use.</summary>
    public static ReaderContext Of(LoopTask reader)
    {
        var details = reader.Details ??= new TaskDetails();
        return details.ReaderContext is { } known && reader.Is(known._version) ? known : details.ReaderContext = new ReaderContext(reader, reader.Loop!);
    }

    /// <summary>What <paramref name="reader"/> calls from now on may be a stream. A context that a program has set itself stays.</summary>
    public static Reading Enter(LoopTask reader) => new(Of(reader));

    /// <summary>The reader itself waits for foreign code: it comes back as any task does.</summary>
    public static void Leave(EventLoop loop)
    {
        if (Current is ReaderContext)
            SetSynchronizationContext(loop.Context);
    }

    /// <summary>Who waits here must be posted: a call would not know the reader.</summary>
    public override bool MayBeCalledOn(EventLoop loop) => false;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IteratorContinuations.IsOne(state) || !Loop.TryPost(static work => work.Context.GoOn(work.Callback, work.State), (Context: this, Callback: d, State: state)))
            base.Post(d, state);
    }

    private void GoOn(SendOrPostCallback callback, object? state)
    {
        using (new Reading(this))
            Loop.RunFor(_reader, _version, callback, state);
    }

    /// <summary>While a context is the current one.</summary>
    public readonly ref struct Reading
    {
        private readonly SynchronizationContext? _outer;

        public Reading(ReaderContext context)
        {
            _outer = Current;
            if (_outer is LoopSynchronizationContext && _outer != context)
                SetSynchronizationContext(context);
        }

        public void Dispose()
        {
            if (_outer is LoopSynchronizationContext && Current != _outer)
                SetSynchronizationContext(_outer);
        }
    }
}
