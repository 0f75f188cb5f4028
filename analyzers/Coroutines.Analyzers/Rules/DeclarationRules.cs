using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about how a coroutine is declared.</summary>
internal static class DeclarationRules
{
    public const string NonPartialTypeId = "CORO408";
    public const string UnsuitableMethodId = "CORO404";

    public static readonly DiagnosticDescriptor NonPartialType = new(
        NonPartialTypeId,
        title: "A type that declares coroutines is not partial",
        messageFormat: "'{0}' declares coroutine '{1}', so {2} must be partial",
        RuleCategory.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The generated state machine of a coroutine is a member of the type that declares the coroutine. "
            + "That type and all types around it must be partial.",
        helpLinkUri: HelpPage.Of(NonPartialTypeId));

    /// <summary>An error where the attribute asks for a coroutine; a warning where only the body does.</summary>
    public static readonly DiagnosticDescriptor UnsuitableMethod = new(
        UnsuitableMethodId,
        title: "A function is meant as a coroutine, and has not the signature of one",
        messageFormat: "'{0}' {1}",
        RuleCategory.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A coroutine is an 'async' method that returns 'Coroutine' or 'Coroutine<T>', an iterator over "
            + "'ILoopAwaitable', or an 'async' method that returns 'IAsyncEnumerable<T>'. An 'async Task' method that waits for the loop's own awaitables runs only on a loop, too, "
            + "but costs what a task costs, and nothing waits for an 'async void' one.",
        helpLinkUri: HelpPage.Of(UnsuitableMethodId));
}
