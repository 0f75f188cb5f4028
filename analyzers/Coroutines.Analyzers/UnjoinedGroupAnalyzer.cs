using System.Collections.Immutable;
using Coroutines.Analyzers.Flow;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO407: the block of a group can be left normally while children run that were neither joined nor cancelled.</summary>
/// <remarks>Leaving by an exception is what the group is for, and leaving before anything was spawned harms nobody.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnjoinedGroupAnalyzer : FlowAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.UnjoinedGroup];

    private protected override ImmutableArray<OperationKind> Occasions { get; } = [OperationKind.ObjectCreation];

    private protected override bool IsOccasion(IOperation operation, CoroutineSymbols symbols) => LibraryTypes.Is(operation.Type, LibraryTypes.TaskGroup);

    private protected override void Analyze(OperationBlockAnalysisContext context, IMethodSymbol? function, ControlFlowGraph graph, CoroutineSymbols symbols)
    {
        var paths = new Paths(graph);
        paths.Run();
        foreach (ILocalSymbol group in paths.Left)
            context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.UnjoinedGroup, group.Locations[0], group.Name));
    }

    /// <summary>The facts: groups that have children nobody has joined.</summary>
    private sealed class Paths(ControlFlowGraph graph) : ForwardAnalysis<ILocalSymbol>(graph, SymbolEqualityComparer.Default)
    {
        private readonly HashSet<ILocalSymbol> _escaped = new(SymbolEqualityComparer.Default);
        private readonly HashSet<ILocalSymbol> _left = new(SymbolEqualityComparer.Default);

        public IEnumerable<ILocalSymbol> Left => _left.Except(_escaped, SymbolEqualityComparer.Default).OfType<ILocalSymbol>();

        protected override ImmutableHashSet<ILocalSymbol> Evaluate(IOperation operation, ImmutableHashSet<ILocalSymbol> open)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: "Join" or "Cancel" or "DisposeAsync" } call when Group(call.Instance) is { } group:
                    return open.Remove(group);
                case IInvocationOperation { TargetMethod.Name: "Spawn" or "Start" } call when Group(call.Instance) is { } group:
                    return open.Add(group);
                case IArgumentOperation argument when Group(argument.Value) is { } group:
                    return open.Add(group);
                case ISimpleAssignmentOperation { Target: not ILocalReferenceOperation } assignment when Group(assignment.Value) is { } group:
                    _escaped.Add(group);
                    return open;
                case IFlowAnonymousFunctionOperation lambda:
                    return open.Union(Captured(lambda));
                default:
                    return open;
            }
        }

        protected override void Branch(ControlFlowBranch branch, ImmutableHashSet<ILocalSymbol> open)
        {
            if (branch.Semantics is ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return)
                _left.UnionWith(open.Where(group => branch.LeavingRegions.Any(region => region.Locals.Contains(group))));
        }

        /// <summary>The group that is meant by <c>group</c> or <c>group.Scope</c>.</summary>
        private static ILocalSymbol? Group(IOperation? value) => value switch
        {
            ILocalReferenceOperation { Local: var local } when LibraryTypes.Is(local.Type, LibraryTypes.TaskGroup) => local,
            IPropertyReferenceOperation { Property.Name: "Scope" } scope => Group(scope.Instance),
            IConversionOperation conversion => Group(conversion.Operand),
            _ => null,
        };

        /// <summary>A lambda that mentions a group may spawn in it.</summary>
        private IEnumerable<ILocalSymbol> Captured(IFlowAnonymousFunctionOperation lambda)
        {
            string[] names = [.. lambda.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).Distinct()];
            return Declared(Graph.Root).Where(local => names.Contains(local.Name));
        }

        private static IEnumerable<ILocalSymbol> Declared(ControlFlowRegion region) => region.Locals
            .Where(local => LibraryTypes.Is(local.Type, LibraryTypes.TaskGroup) && !local.IsImplicitlyDeclared)
            .Concat(region.NestedRegions.SelectMany(Declared));
    }
}
