using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO504: a block scope without a suspension inside, or a timeout around a coroutine that has none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdleScopeAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CancellationRules.IdleScope];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        start.RegisterOperationAction(context => AnalyzeBlock(context, symbols), OperationKind.Using, OperationKind.UsingDeclaration);
        start.RegisterOperationAction(context => AnalyzeCall(context, symbols), OperationKind.Invocation);
    }

    private static void AnalyzeBlock(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        if (UsingBlock.Of(context.Operation) is not { } block
            || !block.Opens(LibraryTypes.CancelScope)
            || block.Opened.Take(2).Count() > 1
            || EnclosingFunction.Of(context.Operation, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function)
            || block.Body.SelectMany(FunctionBody.Operations).Any(operation =>
                Suspensions.Is(operation) || Suspensions.IsCancellable(operation) || IsGivenAway(operation, block) || ReadsToken(operation)))
        {
            return;
        }

        IOperation opened = block.Opened.First();
        context.ReportDiagnostic(Diagnostic.Create(CancellationRules.IdleScope, opened.Syntax.GetLocation(), Name(opened)));
    }

    /// <summary><c>work.WithTimeout(t)</c> and <c>Coroutine.MoveOnAfter(work, t)</c>, where the work is called right there and can be seen.</summary>
    private static void AnalyzeCall(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("WithTimeout" or "MoveOnAfter" or "MoveOnAt" or "Shield")
            || !LibraryTypes.IsMemberOf(call.TargetMethod, "Coroutine")
            || (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is not IInvocationOperation { TargetMethod: var work }
            || !work.IsAsync
            || !symbols.IsCoroutineType(work.ReturnType)
            || work.DeclaringSyntaxReferences.Length != 1
            || MaySuspend(work.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken)))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(CancellationRules.IdleScope, NameLocation(call), call.TargetMethod.Name));
    }

    private static bool MaySuspend(SyntaxNode method) => method.DescendantNodes(node => node == method || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node switch
    {
        AwaitExpressionSyntax => true,
        CommonForEachStatementSyntax each => each.AwaitKeyword != default,
        UsingStatementSyntax @using => @using.AwaitKeyword != default,
        LocalDeclarationStatementSyntax local => local.AwaitKeyword != default,
        _ => false,
    });

    /// <summary>Somebody gets the scope: to cancel it later, or to look at it. Calling its members here gives nothing away.</summary>
    private static bool IsGivenAway(IOperation operation, UsingBlock block) =>
        operation is ILocalReferenceOperation { Local: var local } reference
            && block.Locals.Contains(local, SymbolEqualityComparer.Default)
            && reference.Parent is not IMemberReferenceOperation and not IInvocationOperation
        || operation.ChildOperations.OfType<IAnonymousFunctionOperation>().Any(lambda => lambda.Descendants().Any(inner =>
            inner is ILocalReferenceOperation captured && block.Locals.Contains(captured.Local, SymbolEqualityComparer.Default)));

    private static bool ReadsToken(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "CurrentToken" } property } && LibraryTypes.IsMemberOf(property, LibraryTypes.CancelScope);

    private static string Name(IOperation opened) => opened is IInvocationOperation call ? $"CancelScope.{call.TargetMethod.Name}" : opened.Syntax.ToString();

    private static Location NameLocation(IInvocationOperation call) =>
        call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name.GetLocation() : call.Syntax.GetLocation();
}
