using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO502: a <c>finally</c> block of a coroutine suspends where cancellation reaches it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnshieldedFinallyAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CancellationRules.UnshieldedFinally];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Try);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        if (((ITryOperation)context.Operation).Finally is not { } @finally
            || EnclosingFunction.Of(@finally, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function))
        {
            return;
        }

        foreach (IOperation suspension in FunctionBody.Operations(@finally))
        {
            if (Suspensions.IsCancellable(suspension) && !IsOfInnerFinally(suspension, @finally) && !Shields.Cover(suspension) && !WaitsForChildren(suspension))
                context.ReportDiagnostic(Diagnostic.Create(CancellationRules.UnshieldedFinally, Keyword(suspension), FunctionName.Of(function)));
        }
    }

    /// <summary>That one is reported by itself.</summary>
    private static bool IsOfInnerFinally(IOperation suspension, IOperation @finally)
    {
        IOperation inner = suspension;
        foreach (IOperation outer in FunctionBody.Around(suspension).TakeWhile(outer => outer != @finally))
        {
            if (outer is ITryOperation { Finally: { } other } && other == inner)
                return true;
            inner = outer;
        }

        return false;
    }

    /// <summary>A group waits for its children however it is left.</summary>
    private static bool WaitsForChildren(IOperation suspension) =>
        suspension is IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { Name: "DisposeAsync" or "Join" } method } } && LibraryTypes.IsMemberOf(method, LibraryTypes.TaskGroup);

    private static Location Keyword(IOperation suspension)
    {
        SyntaxToken first = suspension.Syntax.GetFirstToken();
        return suspension is IAwaitOperation or IReturnOperation ? suspension.Syntax.GetLocation() : first.GetLocation();
    }
}
