using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO404: <c>[Coroutine]</c> on a method, local function or lambda whose signature is none of a coroutine's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsuitableMethodAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DeclarationRules.UnsuitableMethod];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is not { } symbols)
                return;

            var shape = new CoroutineShape(symbols, start.Compilation);
            start.RegisterSymbolAction(
                symbol => Analyze((IMethodSymbol)symbol.Symbol, symbols, shape, symbol.ReportDiagnostic), SymbolKind.Method);

            // Symbol actions do not see functions inside bodies.
            start.RegisterOperationAction(
                operation => Analyze(((ILocalFunctionOperation)operation.Operation).Symbol, symbols, shape, operation.ReportDiagnostic),
                OperationKind.LocalFunction);
            start.RegisterOperationAction(
                operation => Analyze(((IAnonymousFunctionOperation)operation.Operation).Symbol, symbols, shape, operation.ReportDiagnostic),
                OperationKind.AnonymousFunction);
        });
    }

    private static void Analyze(IMethodSymbol method, CoroutineSymbols symbols, CoroutineShape shape, Action<Diagnostic> report)
    {
        // The attribute of either part of a partial method counts for both: judge the part with the body, once.
        if (method.PartialDefinitionPart is not null || !symbols.HasCoroutineAttribute(method))
            return;

        if (shape.Objection(method.PartialImplementationPart ?? method) is { } objection)
        {
            report(Diagnostic.Create(
                DeclarationRules.UnsuitableMethod, method.Locations[0], FunctionName.Of(method), "cannot be a coroutine: " + objection));
        }
    }
}
