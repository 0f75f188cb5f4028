namespace Coroutines.Differential.Behaviours.Leaves;

/// <summary>
/// Every leaf, cancelled in every phase of its wait: one line each, which says what the coroutine that waits came to, and after the dash the state in which the object was left, then
/// the state after it has been signalled as if nobody had waited.
/// </summary>
/// <remarks>Turns are left out because of the stream, which takes more of them in the compiler's lowering.</remarks>
public static partial class LeafPhases
{
    /// <summary>What a coroutine that waits came to.</summary>
    private sealed class Log
    {
        private readonly List<string> _events = [];

        public void Add(string text) => _events.Add(text);

        public override string ToString() => string.Join(' ', _events);
    }

    [Behaviour(
        "@10 delay: waits finally Cancelled",
        "@10 yield: waits finally Cancelled",
        "@10 idle: waits finally Cancelled",
        "@10 future: waits finally Cancelled - Running, RanToCompletion",
        "@10 task: waits finally Cancelled - Running, RanToCompletion",
        "@10 foreign: waits completes finally Cancelled - WaitingForActivation, RanToCompletion",
        "@10 lock: waits finally Cancelled - held, free",
        "@10 semaphore: waits finally Cancelled - 0, 1",
        "@10 event: waits finally Cancelled - unset, set",
        "@10 auto event: waits finally Cancelled - unset, set",
        "@10 condition: waits finally Cancelled - free",
        "@10 barrier: waits finally Cancelled - 0 in phase 0",
        "@10 read: waits finally Cancelled - 0 items, 1 items",
        "@10 write: waits finally Cancelled - 1 items, 0 items",
        "@10 rendezvous: waits finally Cancelled - 0 items",
        "@10 readable: waits finally Cancelled - 0 items, 1 items",
        "@10 completion: waits finally Cancelled - open, complete",
        "@10 stream: waits finally Cancelled - Running, RanToCompletion",
        "@10 join: waits finally Cancelled - Running, RanToCompletion",
        "@10 all: waits finally Cancelled - Running, RanToCompletion",
        "@10 any: waits finally Cancelled - Running, RanToCompletion",
        "@10 timeout: waits finally Cancelled - Running, RanToCompletion",
        "@10 move on: waits finally Cancelled - Running, RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine Before_its_first_step(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(Waiting(leaf, log));
            task.Cancel();
            await Report(trace, leaf, log, task, isSignalled: false);
        }
    }

    [Behaviour(
        "@10 delay: waits finally Cancelled",
        "@10 yield: waits completes uncancelled finally RanToCompletion",
        "@10 idle: waits finally Cancelled",
        "@10 future: waits finally Cancelled - Running, RanToCompletion",
        "@10 task: waits finally Cancelled - Running, RanToCompletion",
        "@10 foreign: waits completes finally Cancelled - WaitingForActivation, RanToCompletion",
        "@10 lock: waits finally Cancelled - held, free",
        "@10 semaphore: waits finally Cancelled - 0, 1",
        "@10 event: waits finally Cancelled - unset, set",
        "@10 auto event: waits finally Cancelled - unset, set",
        "@10 condition: waits finally Cancelled - free",
        "@10 barrier: waits finally Cancelled - 0 in phase 0",
        "@10 read: waits finally Cancelled - 0 items, 1 items",
        "@10 write: waits finally Cancelled - 1 items, 0 items",
        "@10 rendezvous: waits finally Cancelled - 0 items",
        "@10 readable: waits finally Cancelled - 0 items, 1 items",
        "@10 completion: waits finally Cancelled - open, complete",
        "@10 stream: waits finally Cancelled - Running, RanToCompletion",
        "@10 join: waits finally Cancelled - Running, RanToCompletion",
        "@10 all: waits finally Cancelled - Running, RanToCompletion",
        "@10 any: waits finally Cancelled - Running, RanToCompletion",
        "@10 timeout: waits finally Cancelled - Running, RanToCompletion",
        "@10 move on: waits finally Cancelled - Running, RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine Suspended(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(Waiting(leaf, log));
            await Coroutine.Yield();
            await Coroutine.Yield();
            task.Cancel();
            await Report(trace, leaf, log, task, isSignalled: false);
        }
    }

    [Behaviour(
        "@10 delay: waits completes finally Cancelled",
        "@10 yield: waits completes uncancelled finally RanToCompletion",
        "@10 idle: waits finally Cancelled",
        "@10 future: waits completes finally Cancelled - RanToCompletion",
        "@10 task: waits finally Cancelled - RanToCompletion",
        "@10 foreign: waits completes finally Cancelled - RanToCompletion",
        "@10 lock: waits completes finally Cancelled - free",
        "@10 semaphore: waits completes finally Cancelled - 0",
        "@10 event: waits completes finally Cancelled - set",
        "@10 auto event: waits completes finally Cancelled - unset",
        "@10 condition: waits completes finally Cancelled - free",
        "@10 barrier: waits finally Cancelled - 0 in phase 0",
        "@10 read: waits completes finally Cancelled - 0 items",
        "@10 write: waits completes finally Cancelled - 1 items",
        "@10 rendezvous: waits completes finally Cancelled - 0 items",
        "@10 readable: waits completes finally Cancelled - 1 items",
        "@10 completion: waits completes finally Cancelled - complete",
        "@10 stream: waits completes finally Cancelled - RanToCompletion",
        "@10 join: waits finally Cancelled - RanToCompletion",
        "@10 all: waits finally Cancelled - RanToCompletion",
        "@10 any: waits finally Cancelled - RanToCompletion",
        "@10 timeout: waits completes finally Cancelled - RanToCompletion",
        "@10 move on: waits completes finally Cancelled - RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine Ready_to_resume(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(Waiting(leaf, log));
            await Coroutine.Yield();
            await Coroutine.Yield();
            // It is called before the task that is signalled after it, and after timers have made that ready.
            trace.Loop.CallSoon(static task => task.Cancel(), task);
            leaf.Signal();
            await Report(trace, leaf, log, task, isSignalled: true);
        }
    }

    [Behaviour(
        "@10 delay: waits finally Cancelled",
        "@10 yield: waits completes uncancelled finally RanToCompletion",
        "@10 idle: waits finally Cancelled",
        "@10 future: waits finally Cancelled - RanToCompletion",
        "@10 task: waits finally Cancelled - RanToCompletion",
        "@10 foreign: waits completes finally Cancelled - RanToCompletion",
        "@10 lock: waits finally Cancelled - free",
        "@10 semaphore: waits finally Cancelled - 1",
        "@10 event: waits finally Cancelled - set",
        "@10 auto event: waits finally Cancelled - set",
        "@10 condition: waits finally Cancelled - free",
        "@10 barrier: waits finally Cancelled - 0 in phase 0",
        "@10 read: waits finally Cancelled - 1 items",
        "@10 write: waits finally Cancelled - 0 items",
        "@10 rendezvous: waits finally Cancelled - 0 items",
        "@10 readable: waits finally Cancelled - 1 items",
        "@10 completion: waits finally Cancelled - complete",
        "@10 stream: waits finally Cancelled - RanToCompletion",
        "@10 join: waits finally Cancelled - RanToCompletion",
        "@10 all: waits finally Cancelled - RanToCompletion",
        "@10 any: waits finally Cancelled - RanToCompletion",
        "@10 timeout: waits finally Cancelled - RanToCompletion",
        "@10 move on: waits finally Cancelled - RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine Cancelled_first_and_signalled_in_the_same_turn(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(Waiting(leaf, log));
            await Coroutine.Yield();
            await Coroutine.Yield();
            task.Cancel();
            leaf.Signal();
            await Report(trace, leaf, log, task, isSignalled: true);
        }
    }

    [Behaviour(
        "@10 delay: finally Cancelled",
        "@10 yield: finally Cancelled",
        "@10 idle: finally Cancelled",
        "@10 future: finally Cancelled - Running, RanToCompletion",
        "@10 task: finally Cancelled - Running, RanToCompletion",
        "@10 foreign: completes finally Cancelled - WaitingForActivation, RanToCompletion",
        "@10 lock: finally Cancelled - held, free",
        "@10 semaphore: finally Cancelled - 0, 1",
        "@10 event: finally Cancelled - unset, set",
        "@10 auto event: finally Cancelled - unset, set",
        "@10 condition: finally Cancelled - free",
        "@10 barrier: finally Cancelled - 0 in phase 0",
        "@10 read: finally Cancelled - 0 items, 1 items",
        "@10 write: finally Cancelled - 1 items, 0 items",
        "@10 rendezvous: finally Cancelled - 0 items",
        "@10 readable: finally Cancelled - 0 items, 1 items",
        "@10 completion: finally Cancelled - open, complete",
        "@10 stream: finally Cancelled - Running, RanToCompletion",
        "@10 join: finally Cancelled - Running, RanToCompletion",
        "@10 all: finally Cancelled - Running, RanToCompletion",
        "@10 any: finally Cancelled - Running, RanToCompletion",
        "@10 timeout: finally Cancelled - Running, RanToCompletion",
        "@10 move on: finally Cancelled - Running, RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine In_a_finally(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(WaitingInFinally(leaf, log));
            await Coroutine.Yield();
            task.Cancel();
            await Report(trace, leaf, log, task, isSignalled: false);
        }
    }

    [Behaviour(
        "@10 delay: caught caught Cancelled",
        "@10 yield: caught caught Cancelled",
        "@10 idle: caught caught Cancelled",
        "@10 future: caught caught Cancelled - Running, RanToCompletion",
        "@10 task: caught caught Cancelled - Running, RanToCompletion",
        "@10 foreign: caught completes RanToCompletion - WaitingForActivation, RanToCompletion",
        "@10 lock: caught caught Cancelled - held, free",
        "@10 semaphore: caught caught Cancelled - 0, 1",
        "@10 event: caught caught Cancelled - unset, set",
        "@10 auto event: caught caught Cancelled - unset, set",
        "@10 condition: caught caught Cancelled - free",
        "@10 barrier: caught caught Cancelled - 0 in phase 0",
        "@10 read: caught caught Cancelled - 0 items, 1 items",
        "@10 write: caught caught Cancelled - 1 items, 0 items",
        "@10 rendezvous: caught caught Cancelled - 0 items",
        "@10 readable: caught caught Cancelled - 0 items, 1 items",
        "@10 completion: caught caught Cancelled - open, complete",
        "@10 stream: caught caught Cancelled - Running, RanToCompletion",
        "@10 join: caught caught Cancelled - Running, RanToCompletion",
        "@10 all: caught caught Cancelled - Running, RanToCompletion",
        "@10 any: caught caught Cancelled - Running, RanToCompletion",
        "@10 timeout: caught caught Cancelled - Running, RanToCompletion",
        "@10 move on: caught caught Cancelled - Running, RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine In_a_catch(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(WaitingInCatch(leaf, log));
            await Coroutine.Yield();
            task.Cancel();
            await Report(trace, leaf, log, task, isSignalled: false);
        }
    }

    [Behaviour(
        "@10 delay: shields completes Cancelled",
        "@10 yield: shields completes Cancelled",
        "@10 idle: shields completes Cancelled",
        "@10 future: shields completes Cancelled - RanToCompletion",
        "@10 task: shields completes Cancelled - RanToCompletion",
        "@10 foreign: shields completes Cancelled - RanToCompletion",
        "@10 lock: shields completes Cancelled - free",
        "@10 semaphore: shields completes Cancelled - 0",
        "@10 event: shields completes Cancelled - set",
        "@10 auto event: shields completes Cancelled - unset",
        "@10 condition: shields completes Cancelled - free",
        "@10 barrier: shields completes Cancelled - 0 in phase 1",
        "@10 read: shields completes Cancelled - 0 items",
        "@10 write: shields completes Cancelled - 1 items",
        "@10 rendezvous: shields completes Cancelled - 0 items",
        "@10 readable: shields completes Cancelled - 1 items",
        "@10 completion: shields completes Cancelled - complete",
        "@10 stream: shields completes Cancelled - RanToCompletion",
        "@10 join: shields completes Cancelled - RanToCompletion",
        "@10 all: shields completes Cancelled - RanToCompletion",
        "@10 any: shields completes Cancelled - RanToCompletion",
        "@10 timeout: shields completes Cancelled - RanToCompletion",
        "@10 move on: shields completes Cancelled - RanToCompletion",
        "@10 ended",
        WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine Shielded(Trace trace)
    {
        foreach (var leaf in AllLeaves.Of(trace.Loop))
        {
            var log = new Log();
            var task = trace.Loop.Spawn(WaitingShielded(leaf, log));
            await Coroutine.Yield();
            task.Cancel();
            await Coroutine.Yield();
            await Coroutine.Yield();
            leaf.Signal();
            await Report(trace, leaf, log, task, isSignalled: true);
        }
    }

    [Coroutine]
    private static async Coroutine Waiting(Leaf leaf, Log log)
    {
        try
        {
            log.Add("waits");
            await leaf.Wait();
            log.Add("completes");
            // Level-triggered: what was not cancelled here is at the next suspension.
            await Coroutine.Yield();
            log.Add("uncancelled");
        }
        finally
        {
            log.Add("finally");
        }
    }

    [Coroutine]
    private static async Coroutine WaitingInFinally(Leaf leaf, Log log)
    {
        try
        {
            await new Future<int>();
        }
        finally
        {
            try
            {
                await leaf.Wait();
                log.Add("completes");
            }
            finally
            {
                log.Add("finally");
            }
        }
    }

    [Coroutine]
    private static async Coroutine WaitingInCatch(Leaf leaf, Log log)
    {
        try
        {
            await new Future<int>();
        }
        catch (OperationCanceledException)
        {
            log.Add("caught");
            try
            {
                await leaf.Wait();
                log.Add("completes");
            }
            catch (OperationCanceledException)
            {
                log.Add("caught");
                throw;
            }
        }
    }

    [Coroutine]
    private static async Coroutine WaitingShielded(Leaf leaf, Log log)
    {
        try
        {
            await new Future<int>();
        }
        finally
        {
            log.Add("shields");
            await Coroutine.Shield(leaf.Wait());
            log.Add("completes");
        }
    }

    [Coroutine]
    private static async Coroutine Report(Trace trace, Leaf leaf, Log log, CoroutineTask task, bool isSignalled)
    {
        // Foreign code ends by itself only.
        await Coroutine.Yield();
        await Coroutine.Yield();
        await Coroutine.Yield();
        string left = leaf.State();
        if (!isSignalled)
            leaf.Signal();
        await Coroutine.Shield(Children.Ended(task));
        await Coroutine.Yield();
        string states = leaf.State() is var after && after != left ? $"{left}, {after}" : left;
        trace.Add($"{leaf.Name}: {log} {task.Status}{(states == "" ? "" : $" - {states}")}");
    }
}
