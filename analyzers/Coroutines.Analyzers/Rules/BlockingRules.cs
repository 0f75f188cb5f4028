using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about calls that park the thread of the loop.</summary>
internal static class BlockingRules
{
    public const string BlockingCallId = "CORO101";

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
}
