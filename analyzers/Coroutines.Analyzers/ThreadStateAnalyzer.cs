using System.Collections.Immutable;
using Coroutines.Analyzers.Flow;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO303: a coroutine uses state of its thread, suspends, and reads the same state again, which others have had meanwhile.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadStateAnalyzer : FlowAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ThreadRules.ThreadState];

    private protected override ImmutableArray<OperationKind> Occasions { get; } = [OperationKind.FieldReference, OperationKind.PropertyReference];

    private protected override bool IsOccasion(IOperation operation, CoroutineSymbols symbols) => State(operation) is not null;

    private protected override void Analyze(OperationBlockAnalysisContext context, IMethodSymbol? function, ControlFlowGraph graph, CoroutineSymbols symbols)
    {
        if (function is null || !symbols.RunsOnLoop(function))
            return;

        var paths = new Paths(graph);
        paths.Run();
        foreach (var found in paths.Found)
            context.ReportDiagnostic(Diagnostic.Create(ThreadRules.ThreadState, found.Key.GetLocation(), found.Value.Name, FunctionName.Of(function)));
    }

    /// <summary>The <c>[ThreadStatic]</c> field, or the variable that holds a <c>ThreadLocal</c> whose value is used.</summary>
    private static ISymbol? State(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true } field } when field.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "ThreadStaticAttribute" }) => field,
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType: { Name: "ThreadLocal", ContainingNamespace.Name: "Threading" } }, Instance: { } holder } => holder switch
        {
            IFieldReferenceOperation field => field.Field,
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The facts: state that was used, and whether the coroutine has suspended since.</summary>
    private sealed class Paths(ControlFlowGraph graph) : ForwardAnalysis<(ISymbol State, bool IsStale)>(graph, EqualityComparer<(ISymbol, bool)>.Default)
    {
        public Dictionary<SyntaxNode, ISymbol> Found { get; } = [];

        protected override ImmutableHashSet<(ISymbol State, bool IsStale)> Evaluate(IOperation operation, ImmutableHashSet<(ISymbol State, bool IsStale)> used)
        {
            if (operation is IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } && Suspensions.Is(operation))
                return used.Select(fact => (fact.State, true)).ToImmutableHashSet();
            if (operation is ISimpleAssignmentOperation assignment && State(assignment.Target) is { } written)
                return used.Remove((written, true)).Add((written, false));
            if (State(operation) is not { } state || operation.Parent is ISimpleAssignmentOperation { Target: var target } && target == operation)
                return used;
            if (used.Contains((state, true)))
                Found[operation.Syntax] = state;
            return used.Add((state, false));
        }
    }
}
