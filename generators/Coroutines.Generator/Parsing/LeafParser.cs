using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Copies text without a suspension. Only tokens change: mentions of lifted variables, jumps out of the text, names of called
/// coroutines, and what the compiler would read off the surrounding method (nameof, caller information, inferred names).
/// </summary>
internal sealed class LeafParser(BodyContext context)
{
    public Code Copy(SyntaxNode node, IReadOnlyDictionary<SyntaxNode, int>? holes = null)
    {
        var edits = new LeafEdits(context, holes);
        edits.Begin(node);
        edits.Visit(node);
        return new(Splice(node, edits.Edits), context.SpanOf(node), edits.DeclaresNames, edits.Overflow);
    }

    private static EquatableArray<Part> Splice(SyntaxNode node, List<LeafEdit> edits)
    {
        SourceText text = node.SyntaxTree.GetText();
        if (node.ContainsDirectives) edits.AddRange(Blanked(node));
        var parts = new List<Part>();
        int at = node.SpanStart;
        foreach (LeafEdit edit in edits.OrderBy(e => e.Start))
        {
            if (edit.Start > at) parts.Add(Part.Of(text.ToString(TextSpan.FromBounds(at, edit.Start))));
            parts.AddRange(edit.Parts);
            at = Math.Max(at, edit.End);
        }
        if (at < node.Span.End) parts.Add(Part.Of(text.ToString(TextSpan.FromBounds(at, node.Span.End))));
        return parts.ToEquatableArray();
    }

    /// <summary>Directives were evaluated with the user's file; here they leave only their line ends.</summary>
    private static IEnumerable<LeafEdit> Blanked(SyntaxNode node)
    {
        foreach (SyntaxTrivia trivia in node.DescendantTrivia())
        {
            if (trivia.SpanStart < node.SpanStart || trivia.Span.End > node.Span.End) continue;
            if (trivia.IsKind(SyntaxKind.LineDirectiveTrivia) || trivia.IsKind(SyntaxKind.LineSpanDirectiveTrivia))
                throw new RefusedException(Refusals.Directive, "#line", node);
            if (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
                yield return new(trivia.FullSpan.Start, trivia.FullSpan.End, [Part.Of(new string('\n', trivia.ToFullString().Count(c => c == '\n')))]);
        }
    }
}

internal readonly record struct LeafEdit(int Start, int End, Part[] Parts);
