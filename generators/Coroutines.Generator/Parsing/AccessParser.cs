using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// <c>a?.b</c> where what follows the question mark suspends. Where <c>a</c> is a variable of a type parameter, a reference is read once and before the suspension,
/// but a value is changed where it is, so its place is located before and read after.
/// </summary>
internal sealed class AccessParser(BodyContext context, LeafParser leaves, ExpressionParser expressions, OperandParser operands)
{
    public ConditionalAccess Parse(ConditionalAccessExpressionSyntax access)
    {
        ITypeSymbol? receiver = context.Semantics.GetTypeInfo(access.Expression).Type, type = context.Semantics.GetTypeInfo(access).Type;
        if (receiver is null || receiver.IsRefLikeType || !TypeText.CanBeKept(receiver))
            throw new RefusedException(Refusals.AwaitPosition, "?. on this type", access.Expression);
        bool isStatement = access.Parent is ExpressionStatementSyntax || type is null or { SpecialType: SpecialType.System_Void };
        var result = isStatement ? null : context.OwnTypeOf(access);
        SyntaxNode binding = Binding(access.WhenNotNull);
        if (receiver is not ITypeParameterSymbol { IsReferenceType: false } || !operands.IsVariable(access.Expression, orReadOnly: true))
            return new(expressions.Parse(access.Expression), context.Receive(binding, receiver, null), expressions.Parse(access.WhenNotNull), result);

        var (place, locating) = Locate(access.Expression);
        int id = context.Receive(binding, receiver, place, IsReadOnly(access.Expression));
        return new(new Verbatim(place), id, expressions.Parse(access.WhenNotNull), result, IsInElement(access.Expression) ? "" : $"default({TypeText.Of(receiver)}) is not null", locating.ToEquatableArray());
    }

    /// <summary>A place that can be mentioned any number of times, and the steps to take before.</summary>
    private (Code Place, List<Operation> Locating) Locate(ExpressionSyntax variable)
    {
        var locating = new List<Operation>();
        if (variable is IdentifierNameSyntax) return (leaves.Copy(variable), locating);
        Operation place = operands.Split(variable, operands.Place(variable), siblingsArePure: false);
        var parts = new List<Part>();
        foreach (Part part in place.Template.Parts)
        {
            if (part.Kind != PartKind.Operand) parts.Add(part);
            else if (place.Operands[part.Id] is { IsStable: true, Value: Verbatim constant }) parts.AddRange(constant.Code.Parts);
            else
            {
                Operand operand = place.Operands[part.Id];
                int kept = context.Temporary(operand.Type ?? throw new RefusedException(Refusals.EvaluationOrder, variable.ToString(), variable), "located");
                locating.Add(new(new([Part.Definition(kept), Part.Of(" = "), Part.Operand(0)]), [operand]));
                parts.Add(Part.Variable(kept));
            }
        }
        return (new(parts.ToEquatableArray(), place.Template.Span), locating);
    }

    /// <summary>What is called on such a variable is called on a copy. The receiver of a coroutine is one itself, so that it can be changed in read-only methods too.</summary>
    private bool IsReadOnly(ExpressionSyntax variable) => variable is ParenthesizedExpressionSyntax inner ? IsReadOnly(inner.Expression)
        : context.Semantics.GetSymbolInfo(variable).Symbol is IFieldSymbol field && (field.IsReadOnly || (StructOf(variable, field) is { } outer && IsReadOnly(outer)));

    /// <summary>An element is read where it is located, so that an index out of range is one before the suspension; nothing else is.</summary>
    private bool IsInElement(ExpressionSyntax variable) => variable switch
    {
        ParenthesizedExpressionSyntax e => IsInElement(e.Expression),
        ElementAccessExpressionSyntax => true,
        _ => context.Semantics.GetSymbolInfo(variable).Symbol is IFieldSymbol field && StructOf(variable, field) is { } outer && IsInElement(outer),
    };

    /// <summary>The variable that a field is part of.</summary>
    private static ExpressionSyntax? StructOf(ExpressionSyntax variable, IFieldSymbol field) =>
        variable is MemberAccessExpressionSyntax e && !field.IsStatic && field.ContainingType.IsValueType ? e.Expression : null;

    /// <summary>What follows a <c>?</c> directly.</summary>
    private static ExpressionSyntax Binding(ExpressionSyntax chain) => chain switch
    {
        MemberBindingExpressionSyntax or ElementBindingExpressionSyntax => chain,
        MemberAccessExpressionSyntax e => Binding(e.Expression),
        ElementAccessExpressionSyntax e => Binding(e.Expression),
        InvocationExpressionSyntax e => Binding(e.Expression),
        ConditionalAccessExpressionSyntax e => Binding(e.Expression),
        PostfixUnaryExpressionSyntax e => Binding(e.Operand),
        AssignmentExpressionSyntax e => Binding(e.Left),
        _ => throw new RefusedException(Refusals.AwaitPosition, "?.", chain),
    };
}
