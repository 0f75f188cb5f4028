using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO401: the value of a statement is a coroutine, or a local gets a coroutine and is never read.</summary>
/// <remarks>A discard is found too: a coroutine that was never started has nothing to discard, so <c>_ = Foo()</c> is as wrong as <c>Foo()</c>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedCoroutineAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.DroppedCoroutine];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is not { } symbols)
                return;

            start.RegisterOperationAction(operation => AnalyzeStatement(operation, symbols), OperationKind.ExpressionStatement);
            start.RegisterOperationAction(operation => AnalyzeLocal(operation, symbols), OperationKind.VariableDeclarator);
        });
    }

    private static void AnalyzeStatement(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        IOperation value = ((IExpressionStatementOperation)context.Operation).Operation;
        if (value is ISimpleAssignmentOperation { Target: IDiscardOperation } discard && Unconverted(discard.Value) is IInvocationOperation created)
            value = created;
        if (value is not IAssignmentOperation && (symbols.IsCoroutineType(TypeOf(value)) || IsIterator(value, symbols)))
            Report(context, value);
    }

    /// <summary>Other code returns iterators over awaitables, too; one that comes from a coroutine is a coroutine.</summary>
    private static bool IsIterator(IOperation value, CoroutineSymbols symbols) => value switch
    {
        IConditionalAccessOperation access => IsIterator(access.WhenNotNull, symbols),
        IConversionOperation { IsImplicit: true } conversion => IsIterator(conversion.Operand, symbols),
        IInvocationOperation call => symbols.IsIteratorType(call.Type) && symbols.HasCoroutineAttribute(call.TargetMethod),
        _ => false,
    };

    /// <summary>The type of <c>a?.Foo()</c> is not that of <c>Foo()</c>, and depends on whether the value is used.</summary>
    private static ITypeSymbol? TypeOf(IOperation value) =>
        value is IConditionalAccessOperation access ? TypeOf(access.WhenNotNull) : value.Type;

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : value;

    private static void AnalyzeLocal(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        bool isIterator = symbols.IsIteratorType(declarator.Symbol.Type);
        if (!isIterator && !symbols.IsCoroutineType(declarator.Symbol.Type))
            return;

        foreach (IOperation value in UnreadLocal.Values(declarator))
        {
            if (!isIterator || IsIterator(value, symbols))
                Report(context, value);
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation value)
    {
        // "var c = default(Coroutine)" creates nothing.
        if (value is IDefaultValueOperation or IConversionOperation { Operand: IDefaultValueOperation or ILiteralOperation })
            return;

        context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.DroppedCoroutine, value.Syntax.GetLocation(), Name(value)));
    }

    private static string Name(IOperation value) => value switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        IConditionalAccessOperation access => Name(access.WhenNotNull),
        IConversionOperation conversion => Name(conversion.Operand),
        _ => value.Syntax.ToString(),
    };
}
