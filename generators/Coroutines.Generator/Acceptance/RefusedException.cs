using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Acceptance;

/// <summary>Leaves the parser from any depth. Caught in one place, <see cref="CoroutineAcceptance"/>.</summary>
/// <param name="function">The local function that is refused by itself; null for the method as a whole.</param>
internal sealed class RefusedException(RefusalRule rule, string construct, SyntaxNode? where, SyntaxNode? function = null) : Exception(rule.Title)
{
    public RefusalRule Rule { get; } = rule;

    public SyntaxNode? Function { get; } = function;

    public RefusedException In(SyntaxNode local) => new(Rule, construct, where ?? local, local);

    public Refusal ToRefusal(SyntaxNode fallback)
    {
        SyntaxNode node = where ?? fallback;
        string shown = construct.Length > 60 ? construct.Substring(0, 60) + "…" : construct;
        return new(Rule, shown, node.SyntaxTree.FilePath, node.Span.Start, node.Span.Length);
    }
}
