using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>What changes at statements that leave the text: they become jumps between leaves.</summary>
internal sealed class JumpEdits(BodyContext context, LeafEdits leaf)
{
    public void ReturnFrom(ReturnStatementSyntax statement)
    {
        if (statement.Expression is not { } value)
        {
            leaf.Replace(statement, Part.Jump(BodyContext.Done));
            return;
        }
        leaf.Replace(statement.SpanStart, value.SpanStart, Part.Of("{ "), new(PartKind.Result, ""), Part.Of(" = "));
        leaf.Visit(value);
        leaf.Replace(value.Span.End, statement.Span.End, Part.Of("; "), Part.Jump(BodyContext.Done), Part.Of(" }"));
    }

    /// <summary>
    /// <c>using var r = …; rest</c> becomes <c>using (var r = …) { rest }</c>: a jump out of the block may stand before it, and the language lets no
    /// goto pass a using declaration, not even on its way out.
    /// </summary>
    public void UsingDeclaration(LocalDeclarationStatementSyntax resource, BlockSyntax block)
    {
        leaf.Replace(resource.UsingKeyword.SpanStart, resource.UsingKeyword.Span.End, Part.Of("using ("));
        leaf.Children(resource);
        leaf.Replace(resource.SemicolonToken.SpanStart, resource.SemicolonToken.Span.End, Part.Of(") {"));
        leaf.Insert(block.CloseBraceToken.SpanStart, Part.Of("} "));
    }

    /// <summary>Behind the try the exception is no longer in flight, but must keep its stack trace.</summary>
    public void Rethrow(ThrowStatementSyntax statement)
    {
        if (statement.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause || !context.Suspensions.Contains(clause)) return;
        leaf.Replace(statement, Part.Of("{ global::System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw("), Part.Variable(context.Rethrown(clause)), Part.Of("); throw null!; }"));
    }

    public void JumpOut(StatementSyntax jump)
    {
        if (context.TargetOf(jump) is { } label) leaf.Replace(jump, Part.Jump(label));
    }

    public void JumpTo(GotoStatementSyntax jump)
    {
        if (!jump.IsKind(SyntaxKind.GotoStatement) && context.SectionOf(jump) is { } section)
        {
            leaf.Replace(jump, Part.Jump(section));
            return;
        }
        if (jump.IsKind(SyntaxKind.GotoStatement) && jump.Expression is IdentifierNameSyntax name
            && context.Semantics.GetSymbolInfo(name).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is LabeledStatementSyntax target
            && context.LabelOf(target) is { } label)
        {
            leaf.Replace(jump, Part.Jump(label));
            return;
        }
        leaf.Children(jump);
    }
}
