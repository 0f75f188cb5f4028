using Coroutines.Analyzers.Symbols;
using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Lowering;

/// <summary>Finds calls in ordinary code that cannot be redirected to the generated lowering of their coroutine.</summary>
/// <param name="isAsked">Whether to look at calls of a coroutine with this attribute.</param>
/// <param name="describe">What to say about one.</param>
/// <remarks>It asks the question that the generator asks, so the two cannot disagree.</remarks>
internal sealed class RefusedCalls(CoroutineSymbols symbols, InterceptorNamespaces namespaces, Func<AttributeData, bool> isAsked, Func<IMethodSymbol, Refusal, Location, Diagnostic> describe)
{
    public void Register(CompilationStartAnalysisContext start) => start.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context)
    {
        IMethodSymbol method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (!CoroutineSymbols.MayBeCoroutine(method)
            || symbols.CoroutineAttribute(method) is not { } attribute
            || !isAsked(attribute)
            || context.Operation is not { Syntax: InvocationExpressionSyntax call, SemanticModel: { } semantics })
        {
            return;
        }

        KnownVerdicts verdicts = KnownVerdicts.Of(context.Compilation);
        if (CallAcceptance.Check(call, method, semantics, namespaces, coroutine => verdicts.IsGenerated(coroutine, context.CancellationToken), context.CancellationToken) is { } refusal)
            context.ReportDiagnostic(describe(method, refusal, call.GetLocation()));
    }
}
