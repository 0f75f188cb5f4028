using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about locks, and about code that leaves the thread of the loop.</summary>
internal static class ThreadRules
{
    public const string OffLoopCallbackId = "CORO305";

    public static readonly DiagnosticDescriptor OffLoopCallback = new(
        OffLoopCallbackId,
        title: "Code leaves the loop",
        messageFormat: "'{0}' in coroutine '{1}' runs its callback on another thread, where nothing of the loop may be touched; {2}",
        RuleCategory.Threads,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A coroutine owns what it touches because everything on its loop runs on one thread. Callbacks of timers, continuations and the thread pool do not.",
        helpLinkUri: HelpPage.Of(OffLoopCallbackId));
}
