using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about coroutines that keep others from running, or wake for nothing.</summary>
internal static class FairnessRules
{
    public const string EndlessLoopId = "CORO601";
    public const string PollingId = "CORO602";
    public const string ZeroDelayId = "CORO603";

    public static readonly DiagnosticDescriptor EndlessLoop = new(
        EndlessLoopId,
        title: "A loop that may run long without suspending",
        messageFormat: "This loop of '{0}' never suspends, and nothing in it ends it: no other coroutine runs meanwhile; add 'await Coroutine.Yield()'",
        RuleCategory.Fairness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A loop gives way only where a coroutine suspends. One that spins until something else happens keeps it from happening.",
        helpLinkUri: HelpPage.Of(EndlessLoopId));

    public static readonly DiagnosticDescriptor Polling = new(
        PollingId,
        title: "Polling where an event would do",
        messageFormat: "'{0}' wakes again and again to look at '{1}'; await a LoopEvent, a LoopCondition or a Future that its change sets",
        RuleCategory.Fairness,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "What changes on the loop can say so. Polling notices late, and wakes when nothing has happened.",
        helpLinkUri: HelpPage.Of(PollingId));

    public static readonly DiagnosticDescriptor ZeroDelay = new(
        ZeroDelayId,
        title: "A delay of zero",
        messageFormat: "A delay of zero gives way by way of a timer; 'Coroutine.Yield()' does so at once",
        RuleCategory.Fairness,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "'Coroutine.Yield()' says that others may run first, and costs a place in the ready queue. A delay of zero arms a timer for it.",
        helpLinkUri: HelpPage.Of(ZeroDelayId));
}
