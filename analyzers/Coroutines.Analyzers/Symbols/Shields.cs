using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether cancellation from outside is kept away from a suspension.</summary>
internal static class Shields
{
    /// <summary>By <c>Coroutine.Shield</c> around what it waits for, or by a shielded scope around it.</summary>
    public static bool Cover(IOperation suspension) =>
        IsShielded(Suspensions.Awaited(suspension)) || UsingBlock.Around(suspension).Any(block => block.Opened.Any(OpensShield) || IsShieldedLater(block, suspension));

    private static bool IsShielded(IOperation? awaited) => awaited switch
    {
        IConversionOperation conversion => IsShielded(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "Shield" } method } => LibraryTypes.IsMemberOf(method, "Coroutine"),
        _ => false,
    };

    private static bool OpensShield(IOperation opened) =>
        opened is IInvocationOperation { TargetMethod: { Name: "Shielded" } method } && LibraryTypes.IsMemberOf(method, LibraryTypes.CancelScope);

    /// <summary><c>scope.IsShielded = true</c> between the opening of the scope and the suspension.</summary>
    private static bool IsShieldedLater(UsingBlock block, IOperation suspension) =>
        block.Body.SelectMany(FunctionBody.Operations).Any(operation =>
            operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "IsShielded" } property } } assignment
            && LibraryTypes.IsMemberOf(property, LibraryTypes.CancelScope)
            && assignment.Value.ConstantValue is { HasValue: true, Value: true }
            && assignment.Syntax.SpanStart < suspension.Syntax.SpanStart);
}
