using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO603: <c>Coroutine.Delay</c> of nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ZeroDelayAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [FairnessRules.ZeroDelay];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "Delay"
            && LibraryTypes.IsMemberOf(call.TargetMethod, "Coroutine")
            && call.Arguments.Length == 1
            && IsZero(call.Arguments[0].Value))
        {
            var name = (call.Syntax as InvocationExpressionSyntax)?.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Syntax;
            context.ReportDiagnostic(Diagnostic.Create(FairnessRules.ZeroDelay, name.GetLocation()));
        }
    }

    private static bool IsZero(IOperation time) => time switch
    {
        IConversionOperation conversion => IsZero(conversion.Operand),
        IDefaultValueOperation => true,
        IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => true,
        IObjectCreationOperation { Type.Name: "TimeSpan" } creation => creation.Arguments.All(IsZeroNumber),
        IInvocationOperation { TargetMethod: { ContainingType.Name: "TimeSpan", IsStatic: true } method } made when method.Name.StartsWith("From", StringComparison.Ordinal) => made.Arguments.All(IsZeroNumber),
        _ => false,
    };

    private static bool IsZeroNumber(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.DefaultValue
        || argument.Value.ConstantValue is { HasValue: true, Value: { } value } && Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) == 0;
}
