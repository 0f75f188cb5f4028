using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Lowering.Analysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>What of a verdict is asked for when nothing is generated. It holds strings and numbers only, so that it may outlive the compilation.</summary>
/// <param name="Start">Where the method stood when the verdict was given.</param>
/// <param name="Locals">Where local functions of an accepted method stand that are coroutines, and why they are refused, if they are.</param>
/// <param name="Frames">The frames that an accepted method gives rise to, its own first.</param>
public sealed record KnownVerdict(int Start, Refusal? Refusal, EquatableArray<LocalRefusal> Locals, EquatableArray<CallNode> Frames)
{
    public bool IsGenerated => Refusal is null;

    public static KnownVerdict Of(Verdict verdict, MethodDeclarationSyntax syntax) => new(
        syntax.SpanStart,
        verdict.Refusal,
        verdict.Locals.Select(local => new LocalRefusal(local.Start, local.Refusal)).ToEquatableArray(),
        verdict.Models.Select(CallNode.Of).ToEquatableArray());

    /// <summary>The verdict about the same method after an edit in front of it.</summary>
    internal KnownVerdict At(int start) => start == Start ? this : this with
    {
        Start = start,
        Refusal = Moved(Refusal, start - Start),
        Locals = Locals.Select(local => new LocalRefusal(local.Start + start - Start, Moved(local.Refusal, start - Start))).ToEquatableArray(),
    };

    private static Refusal? Moved(Refusal? refusal, int by) => refusal is null ? null : refusal with { Start = refusal.Start + by };
}

/// <param name="Start">Where the local function stands.</param>
public sealed record LocalRefusal(int Start, Refusal? Refusal);
