using System.Collections.Immutable;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>Finds members of <see cref="BlockingApis"/> that are used where a coroutine runs. Each rule takes some kinds of them.</summary>
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
            if (CoroutineSymbols.Resolve(start.Compilation) is not { } symbols)
                return;

            var apis = BlockingApiLookup.Of(start.Compilation);
            start.RegisterOperationAction(
                operation => Analyze(operation, symbols, apis), OperationKind.Invocation, OperationKind.PropertyReference);
        });
    }

    /// <summary>Whether members of this kind are this rule's.</summary>
    private protected abstract bool Covers(BlockingKind kind);

    private void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols, BlockingApiLookup apis)
    {
        ISymbol member = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            var reference => ((IPropertyReferenceOperation)reference).Property,
        };
        if (apis.Find(member) is not { } api
            || !Covers(api.Kind)
            || EnclosingFunction.Of(context.Operation, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function)
            || BlockingExemptionRules.Accept(context.Operation, api.Exemptions))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            NameLocation(context.Operation.Syntax),
            ImmutableDictionary<string, string?>.Empty.Add(FixProperty, api.Fix.ToString()),
            $"{member.ContainingType.Name}.{member.Name}",
            FunctionName.Of(function),
            api.Advice));
    }

    /// <summary>Only the name is underlined, so that nested calls have findings that do not overlap.</summary>
    private static Location NameLocation(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => NameLocation(call.Expression),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
        _ => node.GetLocation(),
    };
}
