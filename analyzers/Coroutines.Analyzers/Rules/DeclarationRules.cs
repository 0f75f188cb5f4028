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

    public static readonly DiagnosticDescriptor UnsuitableMethod = new(
        UnsuitableMethodId,
        title: "[Coroutine] on a method that cannot be a coroutine",
        messageFormat: "'{0}' cannot be a coroutine: {1}",
        RuleCategory.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A coroutine is an 'async' method that returns 'Coroutine' or 'Coroutine<T>', an iterator over "
            + "'ILoopAwaitable', or an 'async' method that returns 'IAsyncEnumerable<T>'.",
        helpLinkUri: HelpPage.Of(UnsuitableMethodId));
}
