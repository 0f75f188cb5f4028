using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>Goes from <c>Foo</c> to <c>FooAsync</c>, and from one that is asynchronous only in name to the honest one.</summary>
internal static class CounterpartEdit
{
    /// <summary><c>x.Foo(a)</c> → <c>await x.FooAsync(a)</c>.</summary>
    public static PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking) =>
        blocking is not InvocationExpressionSyntax call
        || site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method
        || AsyncCounterpart.Of(method) is not { } counterpart
        || BlockingApiLookup.FindInTable(counterpart) is not null
        || !site.Model.IsAccessible(call.SpanStart, counterpart)
            ? null
            : new PlannedEdit($"Await '{counterpart.Name}'", editor => editor.ReplaceNode(
                call, (current, _) => AwaitSyntax.Write(Rename((InvocationExpressionSyntax)current, counterpart.Name), call)));

    /// <summary><c>await x.FooAsync(a, token)</c> → <c>await EventLoop.Current.RunInExecutor(() => x.Foo(a))</c>.</summary>
    public static PlannedEdit? PlanSynchronous(FixSite site, ExpressionSyntax blocking)
    {
        if (blocking is not InvocationExpressionSyntax call
            || site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method
            || AsyncCounterpart.Synchronous(method) is not { } counterpart
            || AwaitSyntax.Around(call) is not { } await
            || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
        {
            return null;
        }

        return ExecutorEdit.Plan(site, call, counterpart, await, current =>
        {
            var whole = (InvocationExpressionSyntax)AwaitSyntax.Awaited((AwaitExpressionSyntax)current);
            SeparatedSyntaxList<ArgumentSyntax> arguments = whole.ArgumentList.Arguments;
            while (arguments.Count > counterpart.Parameters.Length)
                arguments = arguments.RemoveAt(arguments.Count - 1);
            return Rename(whole.WithArgumentList(whole.ArgumentList.WithArguments(arguments)), counterpart.Name);
        });
    }

    private static InvocationExpressionSyntax Rename(InvocationExpressionSyntax call, string name) => call.WithExpression(call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.WithName(Rename(access.Name, name)),
        SimpleNameSyntax simple => Rename(simple, name),
        var other => other,
    });

    private static SimpleNameSyntax Rename(SimpleNameSyntax current, string name) => current.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(current.Identifier));
}
