using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO406: a child is given what a <c>using</c> around the spawn disposes, and nothing in that <c>using</c> waits for the child.</summary>
/// <remarks>
/// Only the resource itself counts, handed over or captured: what was read from it may live longer. Code that is not async sets a loop up and runs it, inside the
/// <c>using</c> or not at all.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutlivingChildAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.OutlivingChild];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var spawn = (IInvocationOperation)context.Operation;
        if (spawn.TargetMethod.Name is not ("Spawn" or "Start")
            || (!LibraryTypes.IsMemberOf(spawn.TargetMethod, LibraryTypes.TaskGroup) && !LibraryTypes.IsMemberOf(spawn.TargetMethod, LibraryTypes.EventLoop))
            || EnclosingFunction.Of(spawn, context.ContainingSymbol) is not { } function
            || !(function.IsAsync || symbols.IsCoroutine(function)))
        {
            return;
        }

        ILocalReferenceOperation[] given = [.. spawn.Arguments.SelectMany(argument => argument.Descendants()).OfType<ILocalReferenceOperation>().Where(reference => IsGiven(reference, spawn, symbols))];
        if (given.Length == 0)
            return;

        foreach (UsingBlock block in UsingBlock.Around(spawn))
        {
            if (block.Locals.Any(local => IsGroupOf(spawn, local)))
                return;
            foreach (ILocalReferenceOperation reference in given)
            {
                if (block.Locals.Contains(reference.Local, SymbolEqualityComparer.Default) && !WaitsFor(block, spawn))
                    context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.OutlivingChild, reference.Syntax.GetLocation(), reference.Local.Name));
            }
        }
    }

    private static bool IsGiven(ILocalReferenceOperation reference, IInvocationOperation spawn, CoroutineSymbols symbols)
    {
        if (LibraryTypes.Is(reference.Local.Type, LibraryTypes.TaskGroup) || LibraryTypes.Is(reference.Local.Type, LibraryTypes.CancelScope))
            return false;
        if (Outside(reference).TakeWhile(outer => outer != spawn).Any(outer => outer is IAnonymousFunctionOperation))
            return true;

        return Outside(reference).First(outer => outer is not IConversionOperation) switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => symbols.IsCoroutineType(call.Type),
            IInvocationOperation call => symbols.IsCoroutineType(call.Type),
            _ => false,
        };
    }

    private static IEnumerable<IOperation> Outside(IOperation inner)
    {
        for (IOperation? outer = inner.Parent; outer is not null; outer = outer.Parent)
            yield return outer;
    }

    private static bool IsGroupOf(IInvocationOperation spawn, ILocalSymbol local) =>
        spawn.Instance is ILocalReferenceOperation receiver && SymbolEqualityComparer.Default.Equals(receiver.Local, local);

    private static bool WaitsFor(UsingBlock block, IInvocationOperation spawn) => LibraryTypes.IsMemberOf(spawn.TargetMethod, LibraryTypes.TaskGroup)
        ? IsAwaited(spawn) || block.Body.SelectMany(FunctionBody.Operations).Any(operation =>
            operation is IInvocationOperation { TargetMethod.Name: "Join" } join
            && join.Syntax.SpanStart > spawn.Syntax.SpanStart
            && Same(join.Instance, spawn.Instance))
        : IsAwaited(spawn) || HandleIsUsed(spawn);

    /// <summary>Awaiting <c>Start</c> waits until the child is ready, not until it has ended.</summary>
    private static bool IsAwaited(IInvocationOperation spawn) => spawn is { Parent: IAwaitOperation, TargetMethod.Name: "Spawn" };

    /// <summary>Somebody gets the handle, and may await it.</summary>
    private static bool HandleIsUsed(IInvocationOperation spawn)
    {
        switch (spawn.Parent)
        {
            case IExpressionStatementOperation:
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return false;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return UnreadLocal.Values(declarator).Count == 0;
            default:
                return true;
        }
    }

    private static bool Same(IOperation? left, IOperation? right) => left?.Syntax.ToString() == right?.Syntax.ToString();
}
