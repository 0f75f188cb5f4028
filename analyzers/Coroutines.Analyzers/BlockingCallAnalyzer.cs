using System.Collections.Immutable;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO101: a member of <see cref="BlockingApis"/> is called where a coroutine runs.</summary>
/// <remarks>
/// A lambda or local function that is not a coroutine itself is left alone, whatever surrounds it: where it runs is decided by
/// whoever gets it, and handing it to an executor is the right way to block.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Key of the diagnostic property that holds the name of a <see cref="BlockingFix"/>.</summary>
    internal const string FixProperty = "fix";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [BlockingRules.BlockingCall];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation) is not { } symbols)
                return;

            var apis = new BlockingApiLookup();
            start.RegisterOperationAction(
                operation => Analyze(operation, symbols, apis), OperationKind.Invocation, OperationKind.PropertyReference);
        });
    }

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols, BlockingApiLookup apis)
    {
        ISymbol member = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            var reference => ((IPropertyReferenceOperation)reference).Property,
        };
        if (apis.Find(member) is not { } api
            || EnclosingFunction.Of(context.Operation, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function)
            || IsExempt(context.Operation, api))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            BlockingRules.BlockingCall,
            NameLocation(context.Operation.Syntax),
            ImmutableDictionary<string, string?>.Empty.Add(FixProperty, api.Fix.ToString()),
            $"{member.ContainingType.Name}.{member.Name}",
            FunctionName.Of(function),
            api.Advice));
    }

    private static bool IsExempt(IOperation operation, BlockingApi api) =>
        (api.Exemptions.HasFlag(BlockingExemptions.ZeroTimeout)
            && operation is IInvocationOperation call && ZeroTimeoutRules.Accept(call))
        || (api.Exemptions.HasFlag(BlockingExemptions.AwaitedBefore) && AwaitedBeforeRules.Accept(TaskOf(operation)));

    /// <summary>The task behind <c>t.Wait()</c>, <c>t.Result</c> and <c>t.ConfigureAwait(false).GetAwaiter().GetResult()</c>.</summary>
    private static IOperation? TaskOf(IOperation operation)
    {
        IOperation? task = operation is IPropertyReferenceOperation property
            ? property.Instance
            : ((IInvocationOperation)operation).Instance;
        while (task is IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" } wrapper)
            task = wrapper.Instance;

        return task;
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
