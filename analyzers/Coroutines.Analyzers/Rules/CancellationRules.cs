using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about cancellation, scopes and time.</summary>
internal static class CancellationRules
{
    public const string SwallowedCancellationId = "CORO501";
    public const string UnshieldedFinallyId = "CORO502";
    public const string TokenNotPassedId = "CORO503";
    public const string IdleScopeId = "CORO504";
    public const string UnboundedWaitId = "CORO505";
    public const string YieldInScopeId = "CORO506";

    public static readonly DiagnosticDescriptor SwallowedCancellation = new(
        SwallowedCancellationId,
        title: "A handler swallows cancellation",
        messageFormat: "This handler also catches the cancellation of '{0}', which then goes on as if nobody had asked it to end; {1}",
        RuleCategory.Cancellation,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A coroutine that is cancelled learns of it by 'OperationCanceledException' at a suspension. A handler that catches it and goes on keeps alive what was to end. "
            + "Let it through with a filter, or throw it again.",
        helpLinkUri: HelpPage.Of(SwallowedCancellationId));

    public static readonly DiagnosticDescriptor UnshieldedFinally = new(
        UnshieldedFinallyId,
        title: "A suspension in 'finally' without a shield",
        messageFormat: "When '{0}' is cancelled, this suspension in 'finally' is cancelled at once and the rest of the clean-up skipped; shield it",
        RuleCategory.Cancellation,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A cancelled scope cancels every suspension inside it until it is left, those of 'finally' blocks too. A clean-up that has to suspend needs a shield.",
        helpLinkUri: HelpPage.Of(UnshieldedFinallyId));

    public static readonly DiagnosticDescriptor TokenNotPassed = new(
        TokenNotPassedId,
        title: "A cancellation token or deadline is at hand and not passed on",
        messageFormat: "'{0}' takes a cancellation token, and gets none, though '{1}' is at hand",
        RuleCategory.Cancellation,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Foreign code does not feel the cancellation of the coroutine that awaits it, only that of a token. A call that gets none goes on until it has finished, past every deadline.",
        helpLinkUri: HelpPage.Of(TokenNotPassedId));

    public static readonly DiagnosticDescriptor IdleScope = new(
        IdleScopeId,
        title: "A scope or timeout around code that never suspends",
        messageFormat: "'{0}' has no effect: nothing inside suspends, and only suspensions can be cancelled",
        RuleCategory.Cancellation,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Cancellation reaches a coroutine where it suspends. A scope, deadline or shield around code that does not suspend can do nothing.",
        helpLinkUri: HelpPage.Of(IdleScopeId));

    public static readonly DiagnosticDescriptor UnboundedWait = new(
        UnboundedWaitId,
        title: "An unbounded wait for something foreign",
        messageFormat: "Nothing bounds this wait: cancelling '{0}' does not end it, and it has no timeout; give the call a token, or wait with 'WaitAsync'",
        RuleCategory.Cancellation,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        description: "A wait for a foreign awaitable ends when the foreign code does. Without a token or timeout of its own, a peer that never answers keeps the coroutine for ever.",
        helpLinkUri: HelpPage.Of(UnboundedWaitId));

    public static readonly DiagnosticDescriptor YieldInScope = new(
        YieldInScopeId,
        title: "'yield return' inside a scope or group",
        messageFormat: "'yield return' hands control to the reader while '{0}' is open: it would cancel what the reader does meanwhile, or be left in the wrong order; yield after its block",
        RuleCategory.Cancellation,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Scopes and groups nest in the task that opens them. A stream that yields an item with one open leaves it open in the reader's code, which then runs inside a scope it cannot see, or opens and leaves its own out of order.",
        helpLinkUri: HelpPage.Of(YieldInScopeId));
}
