using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Accepts calls on a task that was awaited before, as in <c>await t; use(t.Result);</c>, or whose source was given a result: it has completed, so nothing waits.
/// </summary>
/// <remarks>
/// Deliberately simple. The task must be a local, a parameter, a read-only field of the object itself (any other may hold another task by now), an element of one, or the variable of a <c>foreach</c> over one. The
/// await must stand, unconditionally, in an earlier statement of the same block or of a block around it within the same
/// function, and no later code of that function may write the variable.
/// </remarks>
internal static class AwaitedBeforeRules
{
    public static bool Accept(IOperation? task) => Variable(task) is { } variable && IsCompleted(task!, variable);

    private static bool IsCompleted(IOperation use, ISymbol variable)
    {
        IOperation inner = use;
        for (IOperation? outer = use.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;

                case IForEachLoopOperation loop when loop.Body == inner && Declares(loop, variable):
                    return Accept(Unwrap(loop.Collection));

                case IBlockOperation or ISwitchCaseOperation:
                    foreach (IOperation statement in outer.ChildOperations)
                    {
                        if (statement == inner)
                            break;
                        if (AwaitedVariables.In(statement).Contains(variable, SymbolEqualityComparer.Default))
                            return !IsWrittenAfter(statement, variable);
                    }

                    break;
            }
        }

        return false;
    }

    private static bool Declares(IForEachLoopOperation loop, ISymbol variable) =>
        loop.Locals.Contains(variable, SymbolEqualityComparer.Default);

    private static bool IsWrittenAfter(IOperation statement, ISymbol variable) =>
        Symbols.EnclosingFunction.BodyAround(statement).Descendants().Any(operation =>
            operation.Syntax.SpanStart >= statement.Syntax.Span.End
            && SymbolEqualityComparer.Default.Equals(Variable(operation), variable)
            && IsWrite(operation));

    private static bool IsWrite(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
        _ => false,
    };

    private static ISymbol? Variable(IOperation? task) => Unwrap(task) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } field => field.Field,
        IArrayElementReferenceOperation element => Variable(element.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true } element => Variable(element.Instance),
        IPropertyReferenceOperation { Property: { Name: "Task", ContainingType.Name: "TaskCompletionSource" } } promised => Variable(promised.Instance),
        _ => null,
    };

    private static IOperation? Unwrap(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;

        return operation;
    }
}
