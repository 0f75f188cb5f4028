using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about locks, and about code that leaves the thread of the loop.</summary>
internal static class ThreadRules
{
    public const string HeldLockId = "CORO301";
    public const string NeedlessLockId = "CORO302";
    public const string ThreadStateId = "CORO303";
    public const string ForeignThreadId = "CORO304";
    public const string OffLoopCallbackId = "CORO305";

    public static readonly DiagnosticDescriptor HeldLock = new(
        HeldLockId,
        title: "A lock is held across a suspension",
        messageFormat: "'{0}' is held while the coroutine is suspended: it keeps other threads out, lets every coroutine of this thread in, and may be released elsewhere; use a LoopLock",
        RuleCategory.Threads,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A lock belongs to the thread that took it. Coroutines share a thread: the next one that takes the lock gets it too. Other threads wait for as long as the coroutine is suspended.",
        helpLinkUri: HelpPage.Of(HeldLockId));

    public static readonly DiagnosticDescriptor NeedlessLock = new(
        NeedlessLockId,
        title: "A blocking lock in a coroutine",
        messageFormat: "Coroutines of a loop run one at a time, so '{1}' needs no lock between suspensions; remove 'lock ({0})', or use a LoopLock across suspensions",
        RuleCategory.Threads,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Everything on a loop runs on one thread, and gives way only where it suspends, which a 'lock' cannot contain. Such a lock protects nothing, or blocks the loop until another thread gives it up.",
        helpLinkUri: HelpPage.Of(NeedlessLockId));

    public static readonly DiagnosticDescriptor ThreadState = new(
        ThreadStateId,
        title: "State of the thread used on both sides of a suspension",
        messageFormat: "'{0}' belongs to the thread, which '{1}' shares with others: they may have changed it since the suspension before this; keep it in a local, or use an AsyncLocal",
        RuleCategory.Threads,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "All coroutines of a loop share one thread, and so one copy of its '[ThreadStatic]' fields and 'ThreadLocal' values. What one left there before it was suspended, another may have replaced.",
        helpLinkUri: HelpPage.Of(ThreadStateId));

    public static readonly DiagnosticDescriptor ForeignThread = new(
        ForeignThreadId,
        title: "A loop's object is touched from another thread",
        messageFormat: "'{0}' belongs to the thread of its loop, and '{1}' runs this on another one; go through 'loop.CallSoonThreadSafe'",
        RuleCategory.Threads,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Objects of a loop are used on its thread only; 'CallSoonThreadSafe', 'PostResult' and 'PostException' are the doors for other threads. Anything else throws there.",
        helpLinkUri: HelpPage.Of(ForeignThreadId));

    public static readonly DiagnosticDescriptor OffLoopCallback = new(
        OffLoopCallbackId,
        title: "Code leaves the loop",
        messageFormat: "'{0}' in '{1}' {2}",
        RuleCategory.Threads,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A coroutine owns what it touches because everything on its loop runs on one thread. Callbacks of timers, continuations and the thread pool do not.",
        helpLinkUri: HelpPage.Of(OffLoopCallbackId));
}
