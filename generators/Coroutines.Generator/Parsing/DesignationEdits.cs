using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>What changes where an expression declares variables that are lifted.</summary>
internal sealed class DesignationEdits(BodyContext context, LeafEdits leaf)
{
    public void Declaration(VariableDesignationSyntax designation, DeclarationExpressionSyntax declaration)
    {
        switch (designation)
        {
            case SingleVariableDesignationSyntax single when leaf.LiftedId(context.Semantics.GetDeclaredSymbol(single), single) is { } id:
                if (context.Variables[id].Type.Unnamed is not null) throw new RefusedException(Refusals.Variable, single.Identifier.Text, single);
                leaf.Replace(declaration, Part.Place(id));
                break;
            case ParenthesizedVariableDesignationSyntax list when Designations(list).Any(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d)) is not null):
                leaf.Replace(declaration.SpanStart, declaration.Span.End, [.. Deconstruction(list)]);
                leaf.DeclaresNames = true;
                break;
            default:
                leaf.DeclaresNames |= !leaf.IsInFunction;
                leaf.Children(declaration);
                break;
        }
    }

    private IEnumerable<Part> Deconstruction(VariableDesignationSyntax designation)
    {
        switch (designation)
        {
            case ParenthesizedVariableDesignationSyntax list:
                for (int i = 0; i < list.Variables.Count; i++)
                {
                    yield return Part.Of(i == 0 ? "(" : ", ");
                    foreach (Part part in Deconstruction(list.Variables[i])) yield return part;
                }
                yield return Part.Of(")");
                break;
            case SingleVariableDesignationSyntax single when leaf.LiftedId(context.Semantics.GetDeclaredSymbol(single), single) is { } id:
                yield return Part.Place(id);
                break;
            case SingleVariableDesignationSyntax single:
                yield return Part.Of("var " + single.Identifier.Text);
                break;
            default:
                yield return Part.Of("_");
                break;
        }
    }

    private static IEnumerable<SingleVariableDesignationSyntax> Designations(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>();

    /// <summary>A lifted pattern variable becomes a name of its own, copied where the test succeeded: <c>(e is T x__p &amp;&amp; (x = x__p) is var _)</c>.</summary>
    public void Test(IsPatternExpressionSyntax test)
    {
        var lifted = Designations(test.Pattern).Where(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d)) is not null).ToList();
        if (lifted.Count == 0)
        {
            leaf.Children(test);
            return;
        }
        bool isNegated = test.Pattern is UnaryPatternSyntax;
        leaf.Insert(test.SpanStart, Part.Of(isNegated ? "(!(" : "("));
        leaf.Visit(test.Expression);
        if (test.Pattern is UnaryPatternSyntax negated)
        {
            leaf.Replace(negated.OperatorToken.SpanStart, negated.OperatorToken.Span.End);
            leaf.Visit(negated.Pattern);
        }
        else
        {
            leaf.Visit(test.Pattern);
        }
        foreach (SingleVariableDesignationSyntax designation in lifted)
        {
            int id = leaf.LiftedId(context.Semantics.GetDeclaredSymbol(designation), designation)!.Value;
            leaf.Insert(test.Span.End, Part.Of(" && ("), Part.Place(id), Part.Of($" = {context.PatternName(id)}) is var _"));
        }
        leaf.Insert(test.Span.End, Part.Of(isNegated ? "))" : ")"));
    }

    public void Designation(SingleVariableDesignationSyntax designation)
    {
        leaf.DeclaresNames |= !leaf.IsInFunction;
        if (leaf.LiftedId(context.Semantics.GetDeclaredSymbol(designation), designation) is not { } id) return;
        // Whoever takes these apart copies their variables.
        bool isCopied = designation.FirstAncestorOrSelf<SyntaxNode>(n => n is IsPatternExpressionSyntax or SwitchExpressionArmSyntax or CasePatternSwitchLabelSyntax) switch
        {
            SwitchExpressionArmSyntax arm => context.Suspensions.IsTakenApart(arm),
            SyntaxNode pattern => true,
            null => false,
        };
        if (!isCopied) throw new RefusedException(Refusals.Variable, designation.Identifier.Text, designation);
        leaf.Replace(designation, Part.Of(context.PatternName(id)));
    }
}
