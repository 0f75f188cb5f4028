using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO501: a handler around a suspension catches the coroutine's own cancellation, and goes on.</summary>
/// <remarks>
/// Only what can be cancelled counts: a wait for a foreign task without a token ends as the task does. A caught <c>OperationCanceledException</c> is
/// left alone where the code inside asked for it: it cancels something, or opens a scope or group, whose end is such an exception.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedCancellationAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CancellationRules.SwallowedCancellation];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Try);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var @try = (ITryOperation)context.Operation;
        if (Handler(@try) is not { } handler
            || CancellationFilter.IsHandedOn(handler)
            || EnclosingFunction.Of(@try, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function)
            || !FunctionBody.Operations(@try.Body).Any(operation => Suspensions.IsCancellable(operation) && !Shields.Cover(operation))
            || (!CancellationFilter.CatchesEverything(handler) && IsAskedFor(@try)))
        {
            return;
        }

        var clause = (CatchClauseSyntax)handler.Syntax;
        Location location = Location.Create(clause.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(
            clause.CatchKeyword.SpanStart, ((SyntaxNode?)clause.Filter ?? clause.Declaration)?.Span.End ?? clause.CatchKeyword.Span.End));
        string advice = CancellationFilter.CatchesEverything(handler) ? "let it through with 'when (… is not OperationCanceledException)'" : "throw it again";
        context.ReportDiagnostic(Diagnostic.Create(CancellationRules.SwallowedCancellation, location, FunctionName.Of(function), advice));
    }

    /// <summary>The first handler that gets the exception, if any does.</summary>
    private static ICatchClauseOperation? Handler(ITryOperation @try)
    {
        foreach (ICatchClauseOperation handler in @try.Catches)
        {
            if (!CancellationFilter.CatchesCancellation(handler))
                continue;
            if (handler.Filter is null)
                return handler;
            if (!CancellationFilter.LetsThrough(handler))
                return handler;
            if (!CancellationFilter.CatchesEverything(handler))
                return null;
        }

        return null;
    }

    private static bool IsAskedFor(ITryOperation @try) =>
        FunctionBody.Operations(@try.Body).Any(operation => UsingBlock.Of(operation) is { } block && (block.Opens(LibraryTypes.CancelScope) || block.Opens(LibraryTypes.TaskGroup)))
        || Cancelled(EnclosingFunction.BodyAround(@try)).Any(handle => FunctionBody.Operations(@try.Body).Any(operation => SymbolEqualityComparer.Default.Equals(Variable(operation), handle)));

    /// <summary>The variables on which the function calls <c>Cancel</c>.</summary>
    private static IEnumerable<ISymbol> Cancelled(IOperation function) => function.Descendants()
        .OfType<IInvocationOperation>()
        .Where(call => call.TargetMethod.Name is "Cancel" or "CancelAsync" or "CancelAfter")
        .Select(call => Variable(call.Instance))
        .OfType<ISymbol>();

    private static ISymbol? Variable(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };
}
