using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Accepts calls of a socket on which the same member sets <c>Blocking = false</c>, or which it creates so.</summary>
internal static class NonBlockingSocketRules
{
    public static bool Accept(IOperation use)
    {
        IOperation? socket = ValueOrigin.Unwrap((use as IInvocationOperation)?.Instance);
        return Variable(socket) is { } variable
            && EnclosingFunction.MemberAround(use).Descendants().Any(operation => Unblocks(operation, variable));
    }

    private static bool Unblocks(IOperation operation, ISymbol socket) =>
        operation is ISimpleAssignmentOperation
        {
            Target: IPropertyReferenceOperation { Property.Name: "Blocking" } blocking,
            Value.ConstantValue: { HasValue: true, Value: false },
        }
        && (Same(Variable(blocking.Instance), socket) || Same(CreatedInto(blocking), socket));

    /// <summary>The variable of <c>s = new Socket(…) { Blocking = false }</c>.</summary>
    private static ISymbol? CreatedInto(IOperation inInitializer)
    {
        IOperation? around = inInitializer;
        while (around is not null and not IObjectCreationOperation)
            around = around.Parent;

        return around?.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation assignment => Variable(assignment.Target),
            _ => null,
        };
    }

    private static ISymbol? Variable(IOperation? value) => value switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    private static bool Same(ISymbol? left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
