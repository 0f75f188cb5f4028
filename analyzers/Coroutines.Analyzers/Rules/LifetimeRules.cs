using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about what becomes of a coroutine after it was created.</summary>
internal static class LifetimeRules
{
    public const string DroppedCoroutineId = "CORO401";

    public static readonly DiagnosticDescriptor DroppedCoroutine = new(
        DroppedCoroutineId,
        title: "A coroutine is created and dropped",
        messageFormat: "'{0}' creates a coroutine that nothing awaits or spawns, so none of it runs",
        RuleCategory.Lifetime,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Calling a coroutine runs nothing: it starts when it is awaited or spawned. "
            + "Await it or spawn it; assigning it to '_' does not run it either.",
        helpLinkUri: HelpPage.Of(DroppedCoroutineId));
}
