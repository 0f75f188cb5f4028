using System.Collections.Immutable;
using Coroutines.Analyzers.Flow;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO403: a path leads from one await or spawn of a coroutine, held in a local or parameter, to another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConsumedTwiceAnalyzer : FlowAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.ConsumedTwice];

    private protected override ImmutableArray<OperationKind> Occasions { get; } = [OperationKind.LocalReference, OperationKind.ParameterReference];

    private protected override bool IsOccasion(IOperation operation, CoroutineSymbols symbols) => symbols.IsCoroutineType(operation.Type);

    private protected override void Analyze(OperationBlockAnalysisContext context, IMethodSymbol? function, ControlFlowGraph graph, CoroutineSymbols symbols)
    {
        var paths = new Paths(graph, symbols);
        paths.Run();
        foreach (var (first, second) in paths.Pairs.GroupBy(pair => pair.Second).Select(group => group.First()))
            context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.ConsumedTwice, second.GetLocation(), [first.GetLocation()], second.ToString()));
    }

    /// <summary>The facts: places where a coroutine that a variable still holds was consumed.</summary>
    private sealed class Paths(ControlFlowGraph graph, CoroutineSymbols symbols) : ForwardAnalysis<(ISymbol Variable, SyntaxNode Place)>(graph, EqualityComparer<(ISymbol, SyntaxNode)>.Default)
    {
        private readonly HashSet<(SyntaxNode First, SyntaxNode Second)> _pairs = [];

        public IEnumerable<(SyntaxNode First, SyntaxNode Second)> Pairs => _pairs.Where(pair => !Guards.MayExclude(pair.First, pair.Second));

        protected override ImmutableHashSet<(ISymbol Variable, SyntaxNode Place)> Evaluate(IOperation operation, ImmutableHashSet<(ISymbol Variable, SyntaxNode Place)> consumed)
        {
            ISymbol[] written = [.. Variables(Written(operation))];
            if (written.Length > 0)
                return consumed.Except(consumed.Where(fact => written.Contains(fact.Variable, SymbolEqualityComparer.Default)));

            foreach (IOperation reference in Consumed(operation))
            {
                ISymbol variable = Variable(reference)!;
                foreach (var fact in consumed)
                {
                    if (Same(fact.Variable, variable))
                        _pairs.Add((fact.Place, reference.Syntax));
                }

                consumed = consumed.Add((variable, reference.Syntax));
            }

            return consumed;
        }

        private static IOperation? Written(IOperation operation) => operation switch
        {
            IAssignmentOperation assignment => assignment.Target,
            IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => argument.Value,
            IDeclarationExpressionOperation declaration => declaration.Expression,
            _ => null,
        };

        /// <summary>References to coroutines that the operation consumes: by awaiting them, or by calling the library with them.</summary>
        private IEnumerable<IOperation> Consumed(IOperation operation) => operation switch
        {
            IAwaitOperation await => Coroutines(await.Operation),
            IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } yielded } => Coroutines(yielded),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } argument when IsOfLibrary(method) => Coroutines(argument.Value),
            IInvocationOperation { Instance: { } instance, TargetMethod.Name: "AsTask" or "AsValueTask" or "WithTimeout" or "Consume" } => Coroutines(instance),
            _ => [],
        };

        /// <summary>The variable itself, or the elements of <c>params</c>.</summary>
        private IEnumerable<IOperation> Coroutines(IOperation value) => value switch
        {
            IConversionOperation conversion => Coroutines(conversion.Operand),
            IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues.SelectMany(Coroutines),
            ICollectionExpressionOperation collection => collection.Elements.SelectMany(Coroutines),
            _ when symbols.IsCoroutineType(value.Type) && Variable(value) is not null => [value],
            _ => [],
        };

        /// <summary>The targets of an assignment: several, if it takes a tuple apart.</summary>
        private static IEnumerable<ISymbol> Variables(IOperation? target) => target switch
        {
            ITupleOperation tuple => tuple.Elements.SelectMany(Variables),
            IDeclarationExpressionOperation declaration => Variables(declaration.Expression),
            _ => Variable(target) is { } variable ? [variable] : [],
        };

        private static bool IsOfLibrary(IMethodSymbol method) => LibraryTypes.IsDeclaredByLibrary(method.ContainingType);

        private static ISymbol? Variable(IOperation? value) => value switch
        {
            ILocalReferenceOperation { Local.IsRef: false } local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };

        private static bool Same(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
    }
}
