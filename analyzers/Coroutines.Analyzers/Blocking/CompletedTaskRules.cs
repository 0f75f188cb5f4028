using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Accepts calls on a task behind a check that it has completed: <c>if (t.IsCompleted) use(t.Result);</c>, the same with
/// <c>?:</c> or <c>&amp;&amp;</c>, and <c>if (!t.IsCompleted) return;</c> before it in the same block or one around it.
/// </summary>
internal static class CompletedTaskRules
{
    public static bool Accept(IOperation use, IOperation task)
    {
        IOperation inner = use;
        for (IOperation? outer = use.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case IConditionalOperation test when Implies(test, inner, task):
                    return true;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when both.RightOperand == inner && IsTrueOnlyIfCompleted(both.LeftOperand, task):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when either.RightOperand == inner && IsFalseOnlyIfCompleted(either.LeftOperand, task):
                    return true;
                case IBlockOperation or ISwitchCaseOperation when outer.ChildOperations.TakeWhile(child => child != inner).Any(child => LeavesUnlessCompleted(child, task)):
                    return true;
            }
        }

        return false;
    }

    private static bool Implies(IConditionalOperation test, IOperation branch, IOperation task) =>
        (test.WhenTrue == branch && IsTrueOnlyIfCompleted(test.Condition, task))
        || (test.WhenFalse == branch && IsFalseOnlyIfCompleted(test.Condition, task));

    /// <summary><c>if (!t.IsCompleted) return;</c>, or <c>while (!t.IsCompleted) …</c>, which goes on only when it has.</summary>
    private static bool LeavesUnlessCompleted(IOperation statement, IOperation task) => statement switch
    {
        IConditionalOperation { WhenFalse: null } test => Leaves(test.WhenTrue) && IsFalseOnlyIfCompleted(test.Condition, task),
        IWhileLoopOperation { Condition: { } condition, ConditionIsUntil: false } loop =>
            IsFalseOnlyIfCompleted(condition, task) && !loop.Body.Descendants().Any(inside => inside is IBranchOperation { BranchKind: BranchKind.Break }),
        _ => false,
    };

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation block => block.Operations.LastOrDefault() is { } last && Leaves(last),
        IReturnOperation or IBranchOperation or IThrowOperation => true,
        IExpressionStatementOperation expression => expression.Operation is IThrowOperation,
        _ => false,
    };

    private static bool IsTrueOnlyIfCompleted(IOperation condition, IOperation task) => condition switch
    {
        IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" } check => IsSame(check.Instance, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality => ComparesWithCompletion(equality, task),
        IIsPatternOperation { Pattern: IRecursivePatternOperation pattern } test => IsSame(test.Value, task) && pattern.PropertySubpatterns.Any(property =>
            property is { Member: IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" }, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: true } } }),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negated => IsFalseOnlyIfCompleted(negated.Operand, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
            IsTrueOnlyIfCompleted(both.LeftOperand, task) || IsTrueOnlyIfCompleted(both.RightOperand, task),
        _ => false,
    };

    private static bool IsFalseOnlyIfCompleted(IOperation condition, IOperation task) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negated => IsTrueOnlyIfCompleted(negated.Operand, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } inequality => ComparesWithCompletion(inequality, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either =>
            IsFalseOnlyIfCompleted(either.LeftOperand, task) || IsFalseOnlyIfCompleted(either.RightOperand, task),
        _ => false,
    };

    /// <summary><c>t.Status</c> beside <c>TaskStatus.RanToCompletion</c>.</summary>
    private static bool ComparesWithCompletion(IBinaryOperation comparison, IOperation task) =>
        (IsStatus(comparison.LeftOperand, task) && IsRanToCompletion(comparison.RightOperand)) || (IsStatus(comparison.RightOperand, task) && IsRanToCompletion(comparison.LeftOperand));

    private static bool IsStatus(IOperation value, IOperation task) => value is IPropertyReferenceOperation { Property.Name: "Status" } status && IsSame(status.Instance, task);

    private static bool IsRanToCompletion(IOperation value) => value is IFieldReferenceOperation { Field: { Name: "RanToCompletion", ContainingType.Name: "TaskStatus" } };

    /// <summary>The same variable, or a field of the same: whether it was assigned in between is not looked at.</summary>
    private static bool IsSame(IOperation? left, IOperation? right) => (ValueOrigin.Unwrap(left), ValueOrigin.Unwrap(right)) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Parameter, b.Parameter),
        (IFieldReferenceOperation a, IFieldReferenceOperation b) =>
            SymbolEqualityComparer.Default.Equals(a.Field, b.Field) && (a.Field.IsStatic || IsSame(a.Instance, b.Instance)),
        (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
        _ => false,
    };
}
