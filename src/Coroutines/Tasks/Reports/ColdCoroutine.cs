using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>In debug mode, what remembers where a coroutine was called until it is awaited or spawned.</summary>
/// <remarks>It dies with the coroutine's object, which refers to it, and looks at that object then: so a coroutine that is used need not tell.</remarks>
internal sealed class ColdCoroutine : LateReport
{
    private readonly LoopTask _coroutine;
    private readonly int _version;
    private readonly string _site;

    private ColdCoroutine(LoopTask coroutine, EventLoop loop, string site)
        : base(loop)
    {
        _coroutine = coroutine;
        _version = coroutine.Version;
        _site = site;
    }

    /// <summary>Called with every new object of a coroutine. In debug mode there are no old ones, as the pools keep none.</summary>
    public static void Watch(LoopTask coroutine)
    {
        if (EventLoop.CurrentOrNull is { IsDebug: true } loop)
            (coroutine.Details ??= new TaskDetails()).Cold = new ColdCoroutine(coroutine, loop, CreationSite.Here());
    }

    // One that was used is consumed, or has been and is another version now.
    public override bool IsSettled => base.IsSettled || IsUsed;

    private bool IsUsed => !_coroutine.Is(_version) || (_coroutine.Bits & TaskBits.Consumed) != 0;

    public override void Tell(EventLoop loop)
    {
        if (IsUsed)
            return;
        var chain = new CallChain();
        _coroutine.Describe(chain);
        loop.Warn(LoopWarningKind.NeverAwaited, $"{chain.Calls[0]} was called at {_site} and never awaited or spawned: it did not run.");
    }
}
