using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about calls that park the thread of the loop.</summary>
internal static class BlockingRules
{
    public const string BlockingCallId = "CORO101";
    public const string SyncOverAsyncId = "CORO102";

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
}
