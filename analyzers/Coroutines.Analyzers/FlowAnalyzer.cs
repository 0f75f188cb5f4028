using System.Collections.Immutable;
using Coroutines.Analyzers.Flow;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>
/// An analyzer that follows the paths of a function. Flow graphs are dear, so one is made only for a member in which an operation makes it worth while.
/// </summary>
public abstract class FlowAnalyzer : LibraryAnalyzer
{
    private protected sealed override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        start.RegisterOperationBlockStartAction(member =>
        {
            bool isWorthwhile = false;
            member.RegisterOperationAction(
                operation =>
                {
                    if (!isWorthwhile && IsOccasion(operation.Operation, symbols))
                        isWorthwhile = true;
                },
                Occasions);
            member.RegisterOperationBlockEndAction(end =>
            {
                if (!isWorthwhile)
                    return;
                foreach (IOperation block in end.OperationBlocks)
                {
                    if (!HasPaths(block))
                        continue;
                    foreach (var (function, graph) in FlowGraphs.Within(end.GetControlFlowGraph(block), end.OwningSymbol as IMethodSymbol))
                        Analyze(end, function, graph, symbols);
                }
            });
        });
    }

    /// <summary>The kinds of operation to show <see cref="IsOccasion"/>.</summary>
    private protected abstract ImmutableArray<OperationKind> Occasions { get; }

    /// <summary>Whether a member with this operation is to be followed.</summary>
    private protected abstract bool IsOccasion(IOperation operation, CoroutineSymbols symbols);

    private protected abstract void Analyze(OperationBlockAnalysisContext context, IMethodSymbol? function, ControlFlowGraph graph, CoroutineSymbols symbols);

    /// <summary>Attributes have no paths, and those of code that does not compile mean nothing.</summary>
    private static bool HasPaths(IOperation block) =>
        block.Kind is OperationKind.Block or OperationKind.FieldInitializer or OperationKind.PropertyInitializer
        && !block.Descendants().Any(operation => operation.Kind == OperationKind.Invalid);
}
