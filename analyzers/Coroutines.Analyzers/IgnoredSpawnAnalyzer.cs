using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO402: a coroutine spawns on the loop itself and keeps no handle.</summary>
/// <remarks>
/// Only in coroutines: where a loop is set up there is no group to spawn in. A discard, <c>_ = loop.Spawn(…)</c>, says that it is meant.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredSpawnAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.IgnoredSpawn];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        start.RegisterOperationAction(context => Analyze(context, symbols, ((IExpressionStatementOperation)context.Operation).Operation), OperationKind.ExpressionStatement);
        start.RegisterOperationAction(context => AnalyzeLocal(context, symbols), OperationKind.VariableDeclarator);
    }

    private static void AnalyzeLocal(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (!LibraryTypes.Is(declarator.Symbol.Type, LibraryTypes.CoroutineTask) || declarator.Symbol.Name == "_")
            return;

        foreach (IOperation value in UnreadLocal.Values(declarator))
            Analyze(context, symbols, value);
    }

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols, IOperation value)
    {
        if (Spawn(value) is { } spawn
            && EnclosingFunction.Of(spawn, context.ContainingSymbol) is { } function
            && symbols.RunsOnLoop(function))
        {
            context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.IgnoredSpawn, spawn.Syntax.GetLocation(), FunctionName.Of(function)));
        }
    }

    /// <summary><c>loop.Spawn(c)</c>, <c>c.AsTask()</c>, and either behind <c>?.</c></summary>
    private static IInvocationOperation? Spawn(IOperation value) => value switch
    {
        IConditionalAccessOperation access => Spawn(access.WhenNotNull),
        IConversionOperation conversion => Spawn(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "Spawn" } method } spawn when LibraryTypes.IsMemberOf(method, LibraryTypes.EventLoop) => spawn,
        IInvocationOperation { TargetMethod: { Name: "AsTask" or "AsValueTask" } method } spawn when LibraryTypes.IsMemberOf(method, "Coroutine") => spawn,
        _ => null,
    };
}
