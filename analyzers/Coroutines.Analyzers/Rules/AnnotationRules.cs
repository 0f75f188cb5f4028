using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about what programs tell the other rules: <c>[Blocking]</c>, <c>[NonBlocking]</c>, <c>[assembly: BlockingApi]</c>, <c>*.blocking.txt</c>.</summary>
internal static class AnnotationRules
{
    public const string InvalidId = "CORO701";
    public const string ContradictedId = "CORO702";
    public const string UnnecessaryId = "CORO703";
    public const string WidenedId = "CORO704";

    public static readonly DiagnosticDescriptor Invalid = new(
        InvalidId,
        title: "What is said about blocking means nothing",
        messageFormat: "This has no effect: {0}",
        RuleCategory.Annotations,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An entry whose ID is wrong, or an annotation that another one overrules, looks like protection and is none.",
        helpLinkUri: HelpPage.Of(InvalidId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Contradicted = new(
        ContradictedId,
        title: "[NonBlocking] on what blocks",
        messageFormat: "'{0}' is marked [NonBlocking], but leads to a blocking call: {1}; remove the attribute, or give it the reason why that does not wait",
        RuleCategory.Annotations,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The attribute silences the rules about blocking. Where they would have something to say, it needs a reason that readers can check.",
        helpLinkUri: HelpPage.Of(ContradictedId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Unnecessary = new(
        UnnecessaryId,
        title: "What is said about blocking is known without it",
        messageFormat: "This is unnecessary: {0}",
        RuleCategory.Annotations,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "An annotation or entry that changes nothing may hide something one day.",
        helpLinkUri: HelpPage.Of(UnnecessaryId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Widened = new(
        WidenedId,
        title: "An override blocks where the overridden member promises not to",
        messageFormat: "'{0}' overrides or implements '{1}', which is marked [NonBlocking], but leads to a blocking call: {2}",
        RuleCategory.Annotations,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Who calls through the base type or interface relies on the promise made there, and no rule looks behind it.",
        helpLinkUri: HelpPage.Of(WidenedId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
