using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO506: a stream or iterator yields an item to its reader while a scope or group of its own is open.</summary>
/// <remarks>In a generator-style coroutine <c>yield return</c> is a suspension, not an item, and a scope around it means what it says.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class YieldInScopeAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CancellationRules.YieldInScope];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.YieldReturn);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        if (EnclosingFunction.Of(context.Operation, context.ContainingSymbol) is not { } function
            || (symbols.HasCoroutineAttribute(function) && !function.IsAsync)
            || UsingBlock.Around(context.Operation).FirstOrDefault(block => block.Opens(LibraryTypes.CancelScope) || block.Opens(LibraryTypes.TaskGroup)) is not { } block)
        {
            return;
        }

        string name = block.Locals.FirstOrDefault()?.Name ?? block.Opened.First().Syntax.ToString();
        context.ReportDiagnostic(Diagnostic.Create(
            CancellationRules.YieldInScope, ((YieldStatementSyntax)context.Operation.Syntax).YieldKeyword.GetLocation(), name));
    }
}
