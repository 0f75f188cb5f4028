using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO405: a method that is not async returns a coroutine from inside <c>using</c>, <c>try</c> or <c>lock</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LateReturnAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.LateReturn];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Return);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var @return = (IReturnOperation)context.Operation;
        if (@return.ReturnedValue is not { } value
            || !symbols.IsCoroutineType(value.Type)
            || MadeByCaller(value)
            || EnclosingFunction.Of(@return, context.ContainingSymbol) is not { IsAsync: false }
            || Block(@return) is not { } block)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.LateReturn, value.Syntax.GetLocation(), Name(value), block));
    }

    /// <summary>Nothing at all, or a coroutine that was not made in the block.</summary>
    private static bool MadeByCaller(IOperation value) => value switch
    {
        IConversionOperation conversion => MadeByCaller(conversion.Operand),
        IDefaultValueOperation or IParameterReferenceOperation or IFieldReferenceOperation or ILiteralOperation => true,
        _ => false,
    };

    /// <summary>The keyword of the innermost block that is over when the coroutine starts.</summary>
    private static string? Block(IOperation @return)
    {
        IOperation inner = @return;
        foreach (IOperation outer in FunctionBody.Around(@return))
        {
            switch (outer)
            {
                case IUsingOperation @using when @using.Body == inner: return "using";
                case ILockOperation: return "lock";
                case ITryOperation @try when @try.Body == inner: return "try";
                case ITryOperation { Finally: { } @finally } when @finally != inner: return "try";
                case IBlockOperation or ISwitchCaseOperation when outer.ChildOperations.TakeWhile(statement => statement != inner).Any(statement => statement is IUsingDeclarationOperation):
                    return "using";
            }

            inner = outer;
        }

        return null;
    }

    private static string Name(IOperation value) => value is IInvocationOperation call ? call.TargetMethod.Name : value.Syntax.ToString();
}
