using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Switch expressions with an arm that suspends.</summary>
internal sealed class SelectionParser(BodyContext context, LeafParser leaves, ExpressionParser expressions)
{
    public Selection Parse(SwitchExpressionSyntax node)
    {
        ITypeSymbol? type = context.Semantics.GetTypeInfo(node.GoverningExpression).Type;
        if (type is null || type.IsRefLikeType || !TypeText.CanBeKept(type)) throw new RefusedException(Refusals.AwaitPosition, "a switch over this type", node.GoverningExpression);
        return new(expressions.Parse(node.GoverningExpression), TypeText.Describe(type), node.Arms.Select(Arm).ToEquatableArray(), context.OwnTypeOf(node), context.IsConverted(node));
    }

    /// <summary>For the compiler, a guard that may fail: what follows is not unreachable.</summary>
    public static readonly Code Undecided = "0 is var _";

    private SelectionArm Arm(SwitchExpressionArmSyntax arm)
    {
        Expression? guard = arm.WhenClause is { } when && context.Suspensions.Contains(when) ? expressions.Parse(when.Condition) : null;
        return new(Label(arm, guard is not null), expressions.Parse(arm.Expression), context.SpanOf(arm.Expression), guard);
    }

    /// <summary>Pattern variables of the arm are copied in the guard, before the user's own condition reads them.</summary>
    private Code Label(SwitchExpressionArmSyntax arm, bool isGuardApart)
    {
        var lifted = arm.Pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>()
            .Select(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d))).OfType<int>().ToList();
        bool isDiscard = arm.Pattern is DiscardPatternSyntax;
        if (isDiscard && arm.WhenClause is null) return "default:";
        Code label = Code.Of("case ") + (isDiscard ? "var _" : leaves.Copy(arm.Pattern));
        var conditions = lifted.Select(id => new Code([Part.Of("("), Part.Place(id), Part.Of($" = {context.PatternName(id)}) is var _")])).ToList();
        if (isGuardApart) conditions.Add(Undecided);
        else if (arm.WhenClause is { } guard) conditions.Add(Code.Of("(") + leaves.Copy(guard.Condition) + ")");
        for (int i = 0; i < conditions.Count; i++) label += (i == 0 ? " when " : " && ") + conditions[i];
        return label + ":";
    }
}
