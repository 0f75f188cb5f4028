using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Generator.Parsing;

/// <summary>Assignments that contain a suspension on either side.</summary>
internal sealed class AssignmentParser(BodyContext context, ExpressionParser expressions, OperandParser operands)
{
    public Expression Parse(AssignmentExpressionSyntax assignment)
    {
        ISymbol? target = context.Semantics.GetSymbolInfo(assignment.Left).Symbol;
        if (assignment.Right is RefExpressionSyntax) throw new RefusedException(Refusals.EvaluationOrder, assignment.ToString(), assignment);
        // An event is not read before it is added to.
        if (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || target is IEventSymbol || !context.Suspensions.Contains(assignment.Right))
            return operands.Split(assignment, operands.Place(assignment.Left).Append(assignment.Right));

        ITypeSymbol? type = context.Semantics.GetTypeInfo(assignment.Left).Type;
        if (context.Semantics.GetOperation(assignment) is ICompoundAssignmentOperation { OperatorMethod.ReturnsVoid: true }) return InPlace(assignment, type);
        if (type is null || !TypeText.CanBeKept(type)) throw new RefusedException(Refusals.EvaluationOrder, assignment.ToString(), assignment);
        Operation place = operands.Split(assignment.Left, operands.Place(assignment.Left));
        string token = assignment.OperatorToken.Text;
        string @operator = token.Substring(0, token.Length - 1);
        bool isArithmetic = @operator is not "??" && type.SpecialType is not (SpecialType.System_String or SpecialType.System_Object);
        string cast = isArithmetic ? $"({TypeText.Of(type)})" : "";
        bool unwraps = @operator == "??" && !SymbolEqualityComparer.Default.Equals(context.Semantics.GetTypeInfo(assignment).Type, type) && type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return new CompoundAssignment(place, TypeText.Describe(type), @operator, expressions.Parse(assignment.Right), cast,
            @operator == "??" ? "" : OverflowEdits.Of(assignment), unwraps ? ".GetValueOrDefault()" : "");
    }

    /// <summary>An operator that is a member of what it changes: an object is taken before the value is evaluated, a struct is changed where it stands.</summary>
    private Operation InPlace(AssignmentExpressionSyntax assignment, ITypeSymbol? type)
    {
        if (type is ITypeParameterSymbol { IsReferenceType: false, IsValueType: false }) throw new RefusedException(Refusals.EvaluationOrder, assignment.ToString(), assignment);
        return operands.Split(assignment, [.. type is { IsReferenceType: true } ? [assignment.Left] : operands.Place(assignment.Left), assignment.Right]);
    }
}
