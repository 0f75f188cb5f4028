using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO602: a loop that does nothing but look at something of the loop and sleep.</summary>
/// <remarks>What lies outside, such as a file or a clock, has no event to await, so conditions that call something are left alone.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PollingAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [FairnessRules.Polling];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Loop);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        if (context.Operation is not IWhileLoopOperation loop
            || EnclosingFunction.Of(loop, context.ContainingSymbol) is not { } function
            || !symbols.RunsOnLoop(function)
            || Condition(loop) is not { } condition
            || !LoopConditions.IsStateOfTheLoop(condition))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            FairnessRules.Polling, loop.Syntax.GetFirstToken().GetLocation(), FunctionName.Of(function), condition.Syntax.ToString()));
    }

    /// <summary>Of <c>while (c) sleep;</c> and <c>while (true) { if (c) break; sleep; }</c>, the condition; null if the loop does something else.</summary>
    private static IOperation? Condition(IWhileLoopOperation loop)
    {
        IOperation[] body = [.. Statements(loop.Body)];
        return body switch
        {
            { Length: 1 } when IsDelay(body[0]) && loop.Condition is { ConstantValue.HasValue: false } condition => condition,
            { Length: 2 } when loop.Condition?.ConstantValue is { HasValue: true, Value: true }
                && body[0] is IConditionalOperation { WhenFalse: null } exit
                && Statements(exit.WhenTrue).All(statement => statement is IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation { ReturnedValue: null })
                && IsDelay(body[1]) => exit.Condition,
            _ => null,
        };
    }

    private static IEnumerable<IOperation> Statements(IOperation body) => body is IBlockOperation block ? block.Operations : [body];

    private static bool IsDelay(IOperation statement)
    {
        IOperation? awaited = statement is IExpressionStatementOperation { Operation: IAwaitOperation await } ? await.Operation : Suspensions.Awaited(statement);
        while (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner })
            awaited = inner;
        return awaited is IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Coroutine" or "Task" } };
    }
}
