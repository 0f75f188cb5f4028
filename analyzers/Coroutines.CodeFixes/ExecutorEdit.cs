using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Coroutines.CodeFixes;

/// <summary><c>Save(game)</c> → <c>await EventLoop.Current.RunInExecutor(() => Save(game))</c>.</summary>
/// <remarks>What the function touches is for the author to judge.</remarks>
internal static class ExecutorEdit
{
    private const string Title = "Run in the executor";

    public static PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking) => Symbol(site, blocking) is { } member
        ? Plan(site, blocking, member, blocking, current => current)
        : null;

    /// <param name="blocking">The call, creation or property access: it must be movable.</param>
    /// <param name="member">What is to run in the executor.</param>
    /// <param name="replaced">The expression to replace.</param>
    /// <param name="moved">From the current form of <paramref name="replaced"/>, what is to stand in the lambda.</param>
    public static PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking, ISymbol member, ExpressionSyntax replaced, Func<ExpressionSyntax, ExpressionSyntax> moved) =>
        !MovableCode.Accept(site, blocking, member) || Run(site) is not { } run
            ? null
            : new PlannedEdit(Title, editor => editor.ReplaceNode(replaced, (current, generator) =>
            {
                SyntaxNode lambda = generator.ValueReturningLambdaExpression(moved((ExpressionSyntax)current).WithoutTrivia());
                return AwaitSyntax.Write((ExpressionSyntax)generator.InvocationExpression(run(generator), lambda), replaced);
            }));

    /// <summary><c>Task.Run(f)</c>, whose end nobody waits for → <c>await EventLoop.Current.RunInExecutor(f)</c>.</summary>
    public static PlannedEdit? PlanHandOver(FixSite site, ExpressionSyntax blocking)
    {
        if (blocking is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1, Parent: ExpressionStatementSyntax } call
            || site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol { Name: "Run", Parameters.Length: 1 } method
            || (method.Parameters[0].Type as INamedTypeSymbol)?.DelegateInvokeMethod is not { } invoke
            || !invoke.ReturnType.GetMembers("GetAwaiter").IsEmpty
            || Run(site) is not { } run)
        {
            return null;
        }

        return new PlannedEdit(Title + ", and wait for it", editor => editor.ReplaceNode(call, (current, generator) => AwaitSyntax.Write(
            (ExpressionSyntax)generator.InvocationExpression(run(generator), ((InvocationExpressionSyntax)current).ArgumentList.Arguments[0]), call)));
    }

    private static ISymbol? Symbol(FixSite site, ExpressionSyntax blocking) => site.Model.GetSymbolInfo(blocking, site.Cancellation).Symbol;

    private static Func<SyntaxGenerator, SyntaxNode>? Run(FixSite site) => site.Model.Compilation.GetTypeByMetadataName("Coroutines.EventLoop") is { } loop
        ? generator => generator.MemberAccessExpression(generator.MemberAccessExpression(generator.TypeExpression(loop), "Current"), "RunInExecutor")
        : null;
}
