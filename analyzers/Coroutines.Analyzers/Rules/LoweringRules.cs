using System.Collections.Immutable;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>
/// Rules about coroutines and calls that keep the compiler's lowering. There is one per reason, and the reasons are the generator's:
/// to add, reword or number one, edit <see cref="Refusals"/> or <see cref="CallRefusals"/>.
/// </summary>
internal static class LoweringRules
{
    public const string NotGeneratedId = "CORO200";

    /// <summary>
    /// Its own rule, not a reason raised to an error: command-line builds skip analyzers that have nothing above information to say.
    /// </summary>
    public static readonly DiagnosticDescriptor NotGenerated = new(
        NotGeneratedId,
        title: "A coroutine that must be generated is not",
        messageFormat: "'{0}' must be generated, but keeps the compiler's lowering: {1}",
        RuleCategory.Lowering,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The coroutine sets 'RequireGenerated', or the project sets 'CoroutinesRequireGenerated', "
            + "and the generator refuses it.",
        helpLinkUri: HelpPage.Of(NotGeneratedId));

    public const string LargeFrameId = "CORO240";

    public static readonly DiagnosticDescriptor LargeFrame = new(
        LargeFrameId,
        title: "The frame of a coroutine is large",
        messageFormat: "The frame of '{0}' takes about {1} bytes",
        RuleCategory.Lowering,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A task keeps the frame for as long as it lives. Keep large structures in an object, or set 'Placement = FramePlacement.Boxed' "
            + "on a callee with a large frame that is awaited rarely.",
        helpLinkUri: HelpPage.Of(LargeFrameId));

    /// <summary>Of coroutines.</summary>
    public static readonly ImmutableDictionary<string, DiagnosticDescriptor> ByReason = Refusals.All.ToImmutableDictionary(
        reason => reason.Id,
        reason => Describe(reason, "'{0}' keeps the compiler's lowering: {1}", "The generator leaves this coroutine to the compiler. It is correct, but slower."));

    /// <summary>Of calls in ordinary code.</summary>
    public static readonly ImmutableDictionary<string, DiagnosticDescriptor> ByCallReason = CallRefusals.All.ToImmutableDictionary(
        reason => reason.Id,
        reason => Describe(reason, "This call of '{0}' runs the compiler's lowering: {1}", "The coroutine is generated, but this call does not reach that version. It is correct, but slower."));

    private static DiagnosticDescriptor Describe(RefusalRule reason, string message, string description) => new(
        reason.Id,
        title: reason.Title,
        messageFormat: message,
        RuleCategory.Lowering,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: description,
        helpLinkUri: HelpPage.OfReason(reason.Id));
}
