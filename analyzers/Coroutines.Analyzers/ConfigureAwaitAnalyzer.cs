using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>
/// CORO305: <c>ConfigureAwait(false)</c> in a coroutine, which goes on on its loop all the same, and in ordinary async code that awaits the loop's awaitables, which
/// really leaves the loop.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigureAwaitAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ThreadRules.OffLoopCallback];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: "ConfigureAwait", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } }
            || !LeavesContext(call)
            || EnclosingFunction.Of(call, context.ContainingSymbol) is not { } function
            || call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } })
        {
            return;
        }

        if (symbols.IsCoroutine(function))
            Report("asks to go on off the loop, which a coroutine never does; remove it");
        else if (function.IsAsync && FunctionBody.Operations(EnclosingFunction.BodyAround(call)).Any(operation => operation is IAwaitOperation await && LibraryTypes.IsLoopAwaitable(await.Operation.Type)))
            Report("goes on off the loop, where the loop's awaitables cannot be awaited; remove it");

        void Report(string what) => context.ReportDiagnostic(Diagnostic.Create(
            ThreadRules.OffLoopCallback, name.GetLocation(), "ConfigureAwait", FunctionName.Of(function), what));
    }

    /// <summary><c>false</c>, or options without <c>ContinueOnCapturedContext</c>, which is 1.</summary>
    private static bool LeavesContext(IInvocationOperation call) => call.Arguments.Length == 1 && call.Arguments[0].Value.ConstantValue switch
    {
        { HasValue: true, Value: bool stays } => !stays,
        { HasValue: true, Value: int options } => (options & 1) == 0,
        _ => false,
    };
}
