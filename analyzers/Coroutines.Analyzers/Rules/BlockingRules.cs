using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about calls that park the thread of the loop.</summary>
internal static class BlockingRules
{
    public const string BlockingCallId = "CORO101";
    public const string SyncOverAsyncId = "CORO102";
    public const string BetterOverloadId = "CORO103";
    public const string FakeAsyncId = "CORO104";
    public const string ForkJoinId = "CORO108";
    public const string HeavyComputationId = "CORO109";

    public static readonly DiagnosticDescriptor BlockingCall = new(
        BlockingCallId,
        title: "Blocking call in a coroutine",
        messageFormat: "'{0}' in coroutine '{1}' stops every coroutine on the loop until it returns; {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A loop runs all its coroutines on one thread. A call that parks the thread stops them all, "
            + "and never returns when what it waits for needs the loop.",
        helpLinkUri: HelpPage.Of(BlockingCallId));

    public static readonly DiagnosticDescriptor SyncOverAsync = new(
        SyncOverAsyncId,
        title: "A coroutine waits for a task without awaiting it",
        messageFormat: "'{0}' in coroutine '{1}' stops every coroutine on the loop until the task has ended, for ever if the task needs the loop; {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A loop runs all its coroutines on one thread. A task that is waited for keeps this thread, and never ends "
            + "when it needs the loop to go on. Awaiting it suspends only the coroutine.",
        helpLinkUri: HelpPage.Of(SyncOverAsyncId));

    public static readonly DiagnosticDescriptor BetterOverload = new(
        BetterOverloadId,
        title: "An asynchronous overload, or one of the loop, exists",
        messageFormat: "'{0}' in coroutine '{1}' {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Where a type offers the same operation asynchronously, the synchronous one does the same on the loop's thread. What the loop offers itself needs no thread pool, "
            + "follows its clock, and is cancelled with the scopes around it.",
        helpLinkUri: HelpPage.Of(BetterOverloadId));

    public static readonly DiagnosticDescriptor FakeAsync = new(
        FakeAsyncId,
        title: "Asynchronous in name, synchronous in fact",
        messageFormat: "'{0}' in coroutine '{1}' may do its work before it returns something to await, and stop the loop meanwhile; {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Some asynchronous members only wrap the blocking one, above all base implementations that a provider need not override. Awaiting them blocks the loop.",
        helpLinkUri: HelpPage.Of(FakeAsyncId));

    public static readonly DiagnosticDescriptor ForkJoin = new(
        ForkJoinId,
        title: "Parallel loop or query on the loop",
        messageFormat: "'{0}' in coroutine '{1}' keeps the loop until all its threads are done; {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "'Parallel' and parallel queries use the calling thread as one of their workers, and wait for the others on it. On a loop that stops every coroutine.",
        helpLinkUri: HelpPage.Of(ForkJoinId));

    public static readonly DiagnosticDescriptor HeavyComputation = new(
        HeavyComputationId,
        title: "Heavy computation on the loop",
        messageFormat: "'{0}' in coroutine '{1}' may compute for long, and no coroutine runs meanwhile; {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A loop gives way only where a coroutine suspends. Deriving keys, hashing streams or searching with a backtracking expression can take long.",
        helpLinkUri: HelpPage.Of(HeavyComputationId));
}
