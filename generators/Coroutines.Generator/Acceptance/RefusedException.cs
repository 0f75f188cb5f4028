using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Acceptance;

/// <summary>Leaves the parser from any depth. Caught in one place, <see cref="CoroutineAcceptance"/>.</summary>
internal sealed class RefusedException(RefusalRule rule, string construct, SyntaxNode? where) : Exception(rule.Title)
{
    public RefusalRule Rule { get; } = rule;

    public Refusal ToRefusal(SyntaxNode fallback)
    {
        SyntaxNode node = where ?? fallback;
        string shown = construct.Length > 60 ? construct.Substring(0, 60) + "…" : construct;
        return new(Rule, shown, node.SyntaxTree.FilePath, node.Span.Start, node.Span.Length);
    }
}
