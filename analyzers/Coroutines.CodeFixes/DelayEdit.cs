using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Coroutines.CodeFixes;

/// <summary>
/// <c>Thread.Sleep(x)</c> → <c>await Coroutine.Delay(x)</c>; a constant zero, which only gives way, → <c>await Coroutine.Yield()</c>.
/// Sleeping forever has no equivalent and is left alone.
/// </summary>
internal static class DelayEdit
{
    public static PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking) => Plan(site, blocking, blocking, current => current);

    /// <summary><c>await Task.Delay(x)</c> → <c>await Coroutine.Delay(x)</c>, where it is awaited on the spot.</summary>
    public static PlannedEdit? PlanAwaited(FixSite site, ExpressionSyntax delay) =>
        AwaitSyntax.Around(delay) is { } await ? Plan(site, delay, await, current => AwaitSyntax.Awaited((AwaitExpressionSyntax)current)) : null;

    /// <summary><c>await Task.Yield()</c> → <c>await Coroutine.Yield()</c>.</summary>
    public static PlannedEdit? PlanAwaitedYield(FixSite site, ExpressionSyntax yield) => AwaitSyntax.Around(yield) is { } await ? Yield(site, await) : null;

    private static PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking, ExpressionSyntax replaced, Func<ExpressionSyntax, ExpressionSyntax> call)
    {
        if (blocking is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments }
            || site.Model.Compilation.GetTypeByMetadataName("Coroutines.Coroutine") is not { } coroutine
            || site.Model.Compilation.GetTypeByMetadataName("System.TimeSpan") is not { } timeSpan)
        {
            return null;
        }

        ExpressionSyntax argument = arguments[0].Expression;
        bool isTimeSpan = SymbolEqualityComparer.Default.Equals(
            site.Model.GetTypeInfo(argument, site.Cancellation).ConvertedType, timeSpan);
        switch (Constant(site, argument, isTimeSpan))
        {
            case < 0:
                return null;
            case 0:
                return Edit("Use 'await Coroutine.Yield()'", (_, generator) => Call(generator, coroutine, "Yield"));
            default:
                return Edit("Use 'await Coroutine.Delay(…)'", (sleep, generator) =>
                {
                    ExpressionSyntax time = sleep.ArgumentList.Arguments[0].Expression.WithoutTrivia();
                    return Call(generator, coroutine, "Delay", isTimeSpan ? time : Call(generator, timeSpan, "FromMilliseconds", time));
                });
        }

        PlannedEdit Edit(string title, Func<InvocationExpressionSyntax, SyntaxGenerator, ExpressionSyntax> replacement) =>
            new(title, editor => editor.ReplaceNode(replaced, (current, generator) =>
                AwaitSyntax.Write(replacement((InvocationExpressionSyntax)call((ExpressionSyntax)current), generator), replaced)));
    }

    /// <summary>What only gives way → <c>await Coroutine.Yield()</c>, where its value is not used.</summary>
    public static PlannedEdit? PlanYield(FixSite site, ExpressionSyntax blocking) => blocking.Parent is ExpressionStatementSyntax ? Yield(site, blocking) : null;

    private static PlannedEdit? Yield(FixSite site, ExpressionSyntax replaced) => site.Model.Compilation.GetTypeByMetadataName("Coroutines.Coroutine") is { } coroutine
        ? new("Use 'await Coroutine.Yield()'", editor => editor.ReplaceNode(replaced, (_, generator) => AwaitSyntax.Write(Call(generator, coroutine, "Yield"), replaced)))
        : null;

    /// <summary>The milliseconds, as far as they can be told: of a <c>TimeSpan</c>, only zero and the infinite one can.</summary>
    private static int? Constant(FixSite site, ExpressionSyntax time, bool isTimeSpan)
    {
        if (!isTimeSpan)
        {
            Optional<object?> constant = site.Model.GetConstantValue(time, site.Cancellation);
            return constant is { HasValue: true, Value: int milliseconds } ? milliseconds : null;
        }

        return site.Model.GetSymbolInfo(time, site.Cancellation).Symbol is IFieldSymbol field
            ? (field.ContainingType.Name, field.Name) switch
            {
                (nameof(TimeSpan), nameof(TimeSpan.Zero)) => 0,
                (nameof(Timeout), nameof(Timeout.InfiniteTimeSpan)) => -1,
                _ => null,
            }
            : null;
    }

    /// <summary>A call by the shortest name that means the type there: qualified where it is not imported.</summary>
    private static ExpressionSyntax Call(SyntaxGenerator generator, ITypeSymbol type, string method, params SyntaxNode[] arguments) =>
        (ExpressionSyntax)generator.InvocationExpression(
            generator.MemberAccessExpression(generator.TypeExpression(type), SyntaxFactory.IdentifierName(method)),
            arguments);
}
