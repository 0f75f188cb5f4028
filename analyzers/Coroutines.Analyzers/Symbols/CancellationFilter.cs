using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether a handler gets the exception that cancels a coroutine, and what it does with it.</summary>
internal static class CancellationFilter
{
    private static readonly HashSet<string> s_passOn =
        ["SetException", "TrySetException", "PostException", "SetCanceled", "TrySetCanceled", "SetFromException", "Complete", "TryComplete"];

    public static bool CatchesEverything(ICatchClauseOperation handler) =>
        handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception" or "SystemException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    public static bool CatchesCancellation(ICatchClauseOperation handler) => CatchesEverything(handler) || IsCancellation(handler.ExceptionType);

    /// <summary>Whether the filter lets the exception through for sure, or decides about cancellation on purpose.</summary>
    public static bool LetsThrough(ICatchClauseOperation handler) =>
        handler.Filter is { } filter && (Holds(filter) == false || filter.DescendantsAndSelf().Any(SpeaksOfCancellation));

    /// <summary>Whether the handler ends by an exception, passes the one it got to somebody else, or decides about cancellation on purpose.</summary>
    public static bool IsHandedOn(ICatchClauseOperation handler)
    {
        IOperation[] operations = [.. FunctionBody.Operations(handler.Handler)];
        bool throws = operations.Any(operation => operation is IThrowOperation || NeverReturns(operation));
        return (throws && (!CatchesEverything(handler) || EndsByThrowing(handler.Handler) || operations.Any(SpeaksOfCancellation)))
            || operations.Any(operation => IsPassedOn(operation) || IsKept(operation, handler));
    }

    private static bool IsPassedOn(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type } }
        && (s_passOn.Contains(name) || (name == "Throw" && type.Name == "ExceptionDispatchInfo"));

    /// <summary>Assigned, collected or made part of an outcome, it is there for somebody to find; written to a log it is not.</summary>
    private static bool IsKept(IOperation operation, ICatchClauseOperation handler)
    {
        if (operation is not ILocalReferenceOperation { Local: var local } reference || !handler.Locals.Contains(local, SymbolEqualityComparer.Default))
            return false;

        IOperation? user = reference.Parent;
        while (user is IConversionOperation or ICoalesceOperation || (user is IConditionalOperation { Type: not null } choice && choice.Condition != Inner(reference, choice)))
            user = user.Parent;
        return user is ISimpleAssignmentOperation or IArgumentOperation { Parent: IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push" or "Capture" } };
    }

    private static IOperation Inner(IOperation operation, IOperation below)
    {
        while (operation.Parent is { } parent && parent != below)
            operation = parent;
        return operation;
    }

    /// <summary>Every way through the block throws: it neither ends nor jumps out.</summary>
    private static bool EndsByThrowing(IBlockOperation block) =>
        block.Operations.Any(NeverReturns)
        || block.SemanticModel!.AnalyzeControlFlow(block.Syntax) is { Succeeded: true, EndPointIsReachable: false, ExitPoints.Length: 0 };

    private static bool NeverReturns(IOperation statement) => statement is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: var method } }
        && method.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "DoesNotReturnAttribute" });

    /// <summary>What the filter says of the exception of a cancellation; null where it cannot be told.</summary>
    private static bool? Holds(IOperation filter) => filter switch
    {
        IConversionOperation conversion => Holds(conversion.Operand),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !Holds(not.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => And(Holds(and.LeftOperand), Holds(and.RightOperand)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => !And(!Holds(or.LeftOperand), !Holds(or.RightOperand)),
        IIsTypeOperation test => Is(test.TypeOperand),
        IIsPatternOperation test => Matches(test.Pattern),
        ILiteralOperation { ConstantValue: { HasValue: true, Value: bool value } } => value,
        _ => null,
    };

    private static bool? Matches(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation not => !Matches(not.Pattern),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => !And(!Matches(or.LeftPattern), !Matches(or.RightPattern)),
        IBinaryPatternOperation and => And(Matches(and.LeftPattern), Matches(and.RightPattern)),
        ITypePatternOperation type => Is(type.MatchedType),
        IDeclarationPatternOperation { MatchedType: { } type } => Is(type),
        IRecursivePatternOperation { MatchedType: { } type } => Is(type) == false ? false : null,
        _ => null,
    };

    private static bool? And(bool? left, bool? right) => left == false || right == false ? false : left == true && right == true ? true : null;

    private static bool? Is(ITypeSymbol type)
    {
        if (IsCancellation(type) || type.Name is "Exception" or "SystemException" or "Object")
            return true;
        return type.TypeKind == TypeKind.Class && !Bases(type).Any(IsCancellation) ? false : null;
    }

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type)
    {
        for (ITypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
    }

    private static bool IsCancellation(ITypeSymbol? type) => type is { Name: "OperationCanceledException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool SpeaksOfCancellation(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "IsCancelled" or "HasCancelled" or "IsCancellationRequested" or "CancellationToken" } => true,
        IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" } => true,
        IIsTypeOperation test => IsCancellation(test.TypeOperand),
        ITypePatternOperation pattern => IsCancellation(pattern.MatchedType),
        IDeclarationPatternOperation pattern => IsCancellation(pattern.MatchedType),
        _ => false,
    };
}
