using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Flow;

/// <summary>The flow graphs of a member and of the functions declared in it.</summary>
internal static class FlowGraphs
{
    /// <summary>The function is null for the initializer of a field.</summary>
    public static IEnumerable<(IMethodSymbol? Function, ControlFlowGraph Graph)> Within(ControlFlowGraph graph, IMethodSymbol? function)
    {
        yield return (function, graph);
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            foreach (var inner in Within(graph.GetLocalFunctionControlFlowGraph(local), local))
                yield return inner;
        }

        foreach (IFlowAnonymousFunctionOperation lambda in graph.Blocks.SelectMany(Values).SelectMany(value => value.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
        {
            foreach (var inner in Within(graph.GetAnonymousFunctionControlFlowGraph(lambda), lambda.Symbol))
                yield return inner;
        }
    }

    /// <summary>What a block evaluates, in order.</summary>
    public static IEnumerable<IOperation> Values(BasicBlock block) =>
        block.BranchValue is { } condition ? block.Operations.Concat([condition]) : block.Operations;

    /// <summary>An operation and what is in it, in the order of evaluation: operands first.</summary>
    public static IEnumerable<IOperation> Evaluation(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            foreach (IOperation inner in Evaluation(child))
                yield return inner;
        }

        yield return operation;
    }
}
