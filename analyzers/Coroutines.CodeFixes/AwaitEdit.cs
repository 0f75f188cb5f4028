using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>Replaces a wait for a task by <c>await</c>.</summary>
internal static class AwaitEdit
{
    /// <summary><c>t.Wait()</c>, <c>t.Result</c>, <c>t.GetAwaiter().GetResult()</c> → <c>await t</c>.</summary>
    public static PlannedEdit? Plan(ExpressionSyntax blocking) =>
        Task(blocking) is null
            ? null
            : new PlannedEdit("Await the task", editor => editor.ReplaceNode(
                blocking, (current, _) => AwaitSyntax.Write(Task((ExpressionSyntax)current)!, blocking)));

    /// <summary><c>t.Wait(token)</c> → <c>await t.WaitAsync(token)</c>, and <c>Task.WaitAll(…)</c> → <c>await Task.WhenAll(…)</c>.</summary>
    public static PlannedEdit? PlanRenamed(ExpressionSyntax blocking, string asynchronous) =>
        blocking is not InvocationExpressionSyntax
            ? null
            : new PlannedEdit($"Await '{asynchronous}'", editor => editor.ReplaceNode(
                blocking, (current, _) => AwaitSyntax.Write(Rename((InvocationExpressionSyntax)current, asynchronous), blocking)));

    private static ExpressionSyntax? Task(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax result => result.Expression,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } wait,
        } => wait.Expression,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "GetResult",
                Expression: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } getAwaiter,
                },
            },
        } => getAwaiter.Expression,
        _ => null,
    };

    private static InvocationExpressionSyntax Rename(InvocationExpressionSyntax call, string name)
    {
        SimpleNameSyntax renamed = SyntaxFactory.IdentifierName(name);
        return call.WithExpression(call.Expression is MemberAccessExpressionSyntax access
            ? access.WithName(renamed.WithTriviaFrom(access.Name))
            : renamed.WithTriviaFrom(call.Expression));
    }
}
