using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about what becomes of a coroutine after it was created.</summary>
internal static class LifetimeRules
{
    public const string DroppedCoroutineId = "CORO401";
    public const string IgnoredSpawnId = "CORO402";
    public const string ConsumedTwiceId = "CORO403";
    public const string LateReturnId = "CORO405";
    public const string OutlivingChildId = "CORO406";
    public const string UnjoinedGroupId = "CORO407";

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

    public static readonly DiagnosticDescriptor IgnoredSpawn = new(
        IgnoredSpawnId,
        title: "A task is spawned outside any group and its handle ignored",
        messageFormat: "Nothing waits for what is spawned here, nor cancels it when '{0}' ends; spawn it in a TaskGroup, or keep the handle",
        RuleCategory.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A task that is spawned on the loop itself runs on when the coroutine that spawned it has ended or was cancelled, and its failure reaches only the loop's handler. "
            + "A group waits for its children, cancels them together, and hands on what they throw.",
        helpLinkUri: HelpPage.Of(IgnoredSpawnId));

    public static readonly DiagnosticDescriptor ConsumedTwice = new(
        ConsumedTwiceId,
        title: "A coroutine is consumed twice",
        messageFormat: "'{0}' has been awaited or spawned on a path to here; a coroutine runs once, so this throws",
        RuleCategory.Lifetime,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A coroutine is consumed by the first await or spawn. A second one throws 'InvalidOperationException'. Call the coroutine again, or spawn it and await its handle.",
        helpLinkUri: HelpPage.Of(ConsumedTwiceId));

    public static readonly DiagnosticDescriptor LateReturn = new(
        LateReturnId,
        title: "A coroutine is returned out of the block that it needs",
        messageFormat: "'{0}' starts when the caller awaits it, after this '{1}' has ended; await it here",
        RuleCategory.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A coroutine runs when it is awaited. One that is returned from inside 'using', 'try' or 'lock' runs after the resource was disposed, outside the handlers, without the lock.",
        helpLinkUri: HelpPage.Of(LateReturnId));

    public static readonly DiagnosticDescriptor OutlivingChild = new(
        OutlivingChildId,
        title: "A child outlives what it uses",
        messageFormat: "'{0}' is disposed where its block ends, while the child spawned here may still use it; join the group, or await the task, inside the block",
        RuleCategory.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A spawned coroutine runs on when the block that spawned it ends. What that block disposes must not be in use by then: wait for the child inside the block, or let the child own the resource.",
        helpLinkUri: HelpPage.Of(OutlivingChildId));

    public static readonly DiagnosticDescriptor UnjoinedGroup = new(
        UnjoinedGroupId,
        title: "A group's block can be left without Join",
        messageFormat: "The block of group '{0}' can be left while children run: leaving it without 'Join' cancels them; end it with 'await {0}.Join()', or 'Cancel' where they are no longer needed",
        RuleCategory.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A group waits for its children in 'Join'. A block that is left without it cancels the children, and their failures have nobody to go to. Leaving by an exception does that on purpose; leaving normally rarely does.",
        helpLinkUri: HelpPage.Of(UnjoinedGroupId));
}
