using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>Rules about functions of the program that block, by themselves or through others.</summary>
internal static class TransitiveRules
{
    public const string CallId = "CORO105";
    public const string MemberId = "CORO106";
    public const string SomeTargetsId = "CORO107";

    public static readonly DiagnosticDescriptor CallInProgram = new(
        CallId,
        title: "Blocking call through a function of the program",
        messageFormat: "'{0}' in coroutine '{1}' leads to a blocking call: {2}; make it a coroutine, or use 'await loop.RunInExecutor(…)'",
        RuleCategory.Blocking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A loop runs all its coroutines on one thread. A function that parks the thread stops them all, however many calls lie between.",
        helpLinkUri: HelpPage.Of(CallId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor MemberInProgram = new(
        MemberId,
        title: "Blocking call through a member that runs unseen",
        messageFormat: "'{0}' in coroutine '{1}' leads to a blocking call: {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Accessors, operators, conversions, constructors, static constructors, enumerators, 'Dispose', 'Deconstruct' and the beginning of an 'async' method run "
            + "on the loop like any call, and stop all its coroutines when they block.",
        helpLinkUri: HelpPage.Of(MemberId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor SomeTargets = new(
        SomeTargetsId,
        title: "Some of the targets of a call block",
        messageFormat: "'{0}' in coroutine '{1}' is one of the targets of a call, and leads to a blocking call: {2}",
        RuleCategory.Blocking,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A virtual, interface or delegate call runs one of several functions, and at least one of them blocks. Which one runs here is not known.",
        helpLinkUri: HelpPage.Of(SomeTargetsId),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly TransitiveRule Call = new(CallInProgram);

    public static readonly TransitiveRule Member = new(MemberInProgram);
}
