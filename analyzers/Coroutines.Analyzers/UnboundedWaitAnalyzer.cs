using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO505, off by default: a coroutine awaits something foreign that has neither token nor timeout.</summary>
/// <remarks>A scope with a deadline does not help: it reaches only waits for the loop's own awaitables.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedWaitAnalyzer : LibraryAnalyzer
{
    /// <summary>Members of <c>Task</c> that end by themselves, or are as bounded as what they are made of.</summary>
    private static readonly HashSet<string> s_bounded = ["Delay", "Yield", "FromResult", "FromCanceled", "FromException", "CompletedTask", "WaitAsync"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CancellationRules.UnboundedWait];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Await);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var await = (IAwaitOperation)context.Operation;
        if (Suspensions.IsCancellable(await)
            || await.Operation.Type is null or IErrorTypeSymbol or IDynamicTypeSymbol
            || IsBounded(await.Operation)
            || EnclosingFunction.Of(await, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(CancellationRules.UnboundedWait, await.Syntax.GetLocation(), FunctionName.Of(function)));
    }

    private static bool IsBounded(IOperation awaited) => awaited switch
    {
        IConversionOperation conversion => IsBounded(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "AsTask" } } call => IsBounded(call.Instance ?? call.Arguments[0].Value),
        IInvocationOperation call => s_bounded.Contains(call.TargetMethod.Name) || call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Value.Type is { Name: "TimeSpan" }),
        IPropertyReferenceOperation property => s_bounded.Contains(property.Property.Name),
        _ => false,
    };
}
