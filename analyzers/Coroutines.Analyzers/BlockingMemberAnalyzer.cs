using System.Collections.Immutable;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>Finds members of <see cref="BlockingTable"/> that are used where a coroutine runs. Each rule takes some kinds of them.</summary>
/// <remarks>
/// A lambda or local function that is not a coroutine itself is left alone, whatever surrounds it: where it runs is decided by
/// whoever gets it, and handing it to an executor is the right way to block.
/// </remarks>
public abstract class BlockingMemberAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Key of the diagnostic property that holds the name of a <see cref="BlockingFix"/>.</summary>
    internal const string FixProperty = "fix";

    private protected abstract DiagnosticDescriptor Rule { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is not { } symbols)
                return;

            var apis = BlockingApiLookup.Of(start.Compilation, start.Options);
            start.RegisterOperationAction(
                operation => Analyze(operation, symbols, apis),
                OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation, OperationKind.EventAssignment);
        });
    }

    /// <summary>Whether members of this kind are this rule's.</summary>
    private protected abstract bool Covers(BlockingKind kind);

    /// <summary>How bad it is, where members of the rule differ. A severity that the user sets holds for all of them.</summary>
    private protected virtual DiagnosticSeverity Severity(BlockingKind kind) => Rule.DefaultSeverity;

    /// <summary>The end of the message.</summary>
    private protected virtual string Advice(BlockingGroup group) => group.Advice;

    private void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols, BlockingApiLookup apis)
    {
        if (Member(context.Operation) is not { } member)
            return;

        if (apis.Find(member)?.Group is not { } group
            || ConsoleStreamRules.KindOf(context.Operation, group) is var kind && !Covers(kind)
            || EnclosingFunction.Of(context.Operation, context.ContainingSymbol) is not { } function
            || !symbols.RunsOnLoop(function)
            || BlockingExemptionRules.Accept(context.Operation, group.Exemptions))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            Location.Create(context.Operation.Syntax.SyntaxTree, FindingSpan.Name(context.Operation.Syntax)),
            Severity(kind),
            additionalLocations: null,
            ImmutableDictionary<string, string?>.Empty.Add(FixProperty, group.Fix.ToString()),
            Display(member),
            FunctionName.Of(function),
            Advice(group)));
    }

    private static ISymbol? Member(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IPropertyReferenceOperation reference => reference.Property,
        IObjectCreationOperation creation => creation.Constructor,
        IEventAssignmentOperation { EventReference: IEventReferenceOperation reference } => reference.Event,
        _ => null,
    };

    private static string Display(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor }
        ? $"new {member.ContainingType.Name}"
        : $"{member.ContainingType.Name}.{member.Name}";
}
