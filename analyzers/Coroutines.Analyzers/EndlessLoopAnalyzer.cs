using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO601: a <c>while</c>, <c>do</c> or <c>for</c> loop of a coroutine that neither suspends nor changes what would end it.</summary>
/// <remarks>
/// A loop that computes something ends by its own work: it writes what its conditions read, calls what they call, or breaks on such a condition. A checkpoint lets cancellation in, but
/// nobody else.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndlessLoopAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [FairnessRules.EndlessLoop];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Loop);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        if (context.Operation is not (IWhileLoopOperation or IForLoopOperation)
            || EnclosingFunction.Of(context.Operation, context.ContainingSymbol) is not { } function
            || !symbols.RunsOnLoop(function)
            || Suspensions.In(context.Operation).Any()
            || MayEnd(context.Operation))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(FairnessRules.EndlessLoop, context.Operation.Syntax.GetFirstToken().GetLocation(), FunctionName.Of(function)));
    }

    private static bool MayEnd(IOperation loop) => FunctionBody.Operations(loop).Any(operation => Leaves(operation, loop) && MayHappen(operation, loop))
        || Condition(loop) is { ConstantValue.HasValue: false } condition && !LoopConditions.IsUnchangedBy(condition, loop);

    private static bool Leaves(IOperation operation, IOperation loop) => operation switch
    {
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } or IThrowOperation => true,
        IBranchOperation { BranchKind: BranchKind.Break } @break => !FunctionBody.Around(@break).TakeWhile(outer => outer != loop).Any(outer => outer is ILoopOperation or ISwitchOperation),
        IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        _ => false,
    };

    /// <summary>Whether some condition around the jump may change from one round to the next. A jump under no condition happens in the first.</summary>
    private static bool MayHappen(IOperation jump, IOperation loop)
    {
        IOperation[] conditions = [.. FunctionBody.Around(jump).TakeWhile(outer => outer != loop).Select(Condition).OfType<IOperation>()];
        return conditions.Length == 0 || conditions.Any(condition => !LoopConditions.IsUnchangedBy(condition, loop));
    }

    /// <summary>What decides whether the code under an operation runs.</summary>
    private static IOperation? Condition(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Condition,
        IWhileLoopOperation inner => inner.Condition,
        IForLoopOperation inner => inner.Condition,
        ISwitchOperation @switch => @switch.Value,
        IForEachLoopOperation each => each.Collection,
        ICoalesceOperation coalesce => coalesce.Value,
        _ => null,
    };
}
