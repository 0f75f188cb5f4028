using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Splits an expression into operands and the operation on them. A *place* (what is assigned, passed by reference or mutated
/// through) is split into the operands that locate it, so that it is located before and used after the suspension, as C# asks.
/// </summary>
internal sealed class OperandParser(BodyContext context, ExpressionParser expressions, LeafParser leaves)
{
    /// <param name="siblingsArePure">What is evaluated between the operands and the operation changes no variable, as far as it is not in the node.</param>
    public Operation Split(SyntaxNode node, IEnumerable<ExpressionSyntax> operandNodes, bool siblingsArePure = true)
    {
        ExpressionSyntax[] nodes = [.. operandNodes];
        foreach (var text in nodes.OfType<InterpolatedStringExpressionSyntax>().Where(context.Suspensions.Contains)) HandlerParser.KeepArguments(text, context);
        var holes = new Dictionary<SyntaxNode, int>();
        for (int i = 0; i < nodes.Length; i++) holes.Add(nodes[i], i);
        Code template = leaves.Copy(node, holes);
        bool isPure = siblingsArePure && !node.DescendantNodes().Any(ChangesVariables);
        return new(template, nodes.Select(n => Operand(n, isPure)).ToEquatableArray());
    }

    public Operand Operand(ExpressionSyntax node, bool siblingsArePure)
    {
        TypeInfo info = context.Semantics.GetTypeInfo(node);
        // Converted where it stands, as C# does; but what converts to a span is kept as it is, for a span cannot be kept.
        ITypeSymbol? type = info.ConvertedType is { IsRefLikeType: false } converted ? converted : info.Type;
        bool isStable = node is LiteralExpressionSyntax or AnonymousFunctionExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax
            || (node is ThisExpressionSyntax && type is { IsValueType: false })
            || context.Semantics.GetConstantValue(node).HasValue
            || (siblingsArePure && node is IdentifierNameSyntax name && IsPlainLocal(name))
            || (type is null or { TypeKind: TypeKind.Delegate } && context.Semantics.GetSymbolInfo(node).Symbol is IMethodSymbol { IsStatic: true } && node is not InvocationExpressionSyntax);
        if (context.KeptAs(node) is { } kept)
            return new(new Operation(new([Part.Of("("), Part.Definition(kept), Part.Of(" = "), Part.Operand(0), Part.Of(")")]), [new(expressions.Parse(node), context.Variables[kept].Type, false)]), context.Variables[kept].Type, false);
        return new(expressions.Parse(node), type is not null && TypeText.CanBeKept(type) ? TypeText.Describe(type) : null, isStable);
    }

    /// <summary>The operands of what stands left of a dot.</summary>
    public IEnumerable<ExpressionSyntax> Receiver(ExpressionSyntax receiver)
    {
        if (receiver is ThisExpressionSyntax or BaseExpressionSyntax or PredefinedTypeSyntax) return [];
        if (context.Semantics.GetSymbolInfo(receiver).Symbol is INamespaceOrTypeSymbol) return [];
        ITypeSymbol? type = context.Semantics.GetTypeInfo(receiver).Type;
        bool mayBeMutated = type is null || type.IsValueType || (type is ITypeParameterSymbol parameter && !parameter.IsReferenceType);
        return mayBeMutated && IsVariable(receiver) ? Place(receiver) : [receiver];
    }

    public IEnumerable<ExpressionSyntax> Callee(InvocationExpressionSyntax call)
    {
        if (context.Semantics.GetSymbolInfo(call).Symbol is not IMethodSymbol method) throw new RefusedException(Refusals.Binding, call.ToString(), call);
        if (method.MethodKind == MethodKind.DelegateInvoke && !(call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Invoke" } or MemberBindingExpressionSyntax)) return [call.Expression];
        return call.Expression switch
        {
            MemberAccessExpressionSyntax access => Receiver(access.Expression),
            SimpleNameSyntax or MemberBindingExpressionSyntax => [],
            _ => throw new RefusedException(Refusals.EvaluationOrder, call.ToString(), call),
        };
    }

    public IEnumerable<ExpressionSyntax> Arguments(IEnumerable<ArgumentSyntax> arguments) => arguments.SelectMany(argument =>
        argument.RefKindKeyword.RawKind == 0 ? [argument.Expression] : Place(argument.Expression));

    /// <summary>The operands that locate a variable, property or element.</summary>
    public IEnumerable<ExpressionSyntax> Place(ExpressionSyntax place) => place switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or DeclarationExpressionSyntax or MemberBindingExpressionSyntax => [],
        ElementBindingExpressionSyntax e => Arguments(e.ArgumentList.Arguments),
        ParenthesizedExpressionSyntax e => Place(e.Expression),
        MemberAccessExpressionSyntax e => Receiver(e.Expression),
        ElementAccessExpressionSyntax e => Receiver(e.Expression).Concat(Arguments(e.ArgumentList.Arguments)),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } e => Place(e.Operand),
        // A deconstruction locates all that it assigns before it evaluates the value.
        TupleExpressionSyntax e => e.Arguments.SelectMany(a => Place(a.Expression)),
        _ => throw new RefusedException(Refusals.EvaluationOrder, place.ToString(), place),
    };

    public bool IsVariable(ExpressionSyntax e, bool orReadOnly = false) => e switch
    {
        ParenthesizedExpressionSyntax inner => IsVariable(inner.Expression, orReadOnly),
        IdentifierNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax => context.Semantics.GetSymbolInfo(e).Symbol is ILocalSymbol or IParameterSymbol || context.Semantics.GetSymbolInfo(e).Symbol is IFieldSymbol field && (orReadOnly || !field.IsReadOnly),
        ElementAccessExpressionSyntax element => context.Semantics.GetTypeInfo(element.Expression).Type is IArrayTypeSymbol
            || context.Semantics.GetSymbolInfo(element).Symbol is IPropertySymbol { RefKind: not RefKind.None },
        InvocationExpressionSyntax => context.Semantics.GetSymbolInfo(e).Symbol is IMethodSymbol { RefKind: not RefKind.None },
        _ => false,
    };

    /// <summary>A local that nothing can change behind the expression's back, as a function that captures it could.</summary>
    private bool IsPlainLocal(IdentifierNameSyntax name) =>
        context.Semantics.GetSymbolInfo(name).Symbol is ILocalSymbol or IParameterSymbol && !context.IsCaptured(context.Semantics.GetSymbolInfo(name).Symbol)
        && context.Semantics.GetTypeInfo(name) is { Type: { } type } info && SymbolEqualityComparer.Default.Equals(type, info.ConvertedType)
        && (type.IsReferenceType || type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum);

    private static bool ChangesVariables(SyntaxNode node) =>
        node is AssignmentExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax
        || node.RawKind is (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression;
}
