using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>Answers whether an expression means the same in a lambda on another thread.</summary>
/// <remarks>
/// It moves as a whole, so nothing may be lost on the way: receiver and arguments are constants, variables, lambdas and what is made of them, and nothing is passed or returned by
/// reference. Other calls stay where they are, because they may belong to the loop.
/// </remarks>
internal static class MovableCode
{
    /// <param name="expression">A call, creation or access of a property.</param>
    /// <param name="member">What it uses.</param>
    public static bool Accept(FixSite site, ExpressionSyntax expression, ISymbol member) => expression switch
    {
        InvocationExpressionSyntax call => member is IMethodSymbol method && CanMove(method) && CanMove(site, call.Expression) && Arguments(site, call.ArgumentList),
        ObjectCreationExpressionSyntax { Initializer: null, ArgumentList: { } arguments } creation =>
            site.Model.GetTypeInfo(creation, site.Cancellation).Type is { IsRefLikeType: false } && Arguments(site, arguments),
        MemberAccessExpressionSyntax access => member is IPropertySymbol { Type.IsRefLikeType: false, RefKind: RefKind.None } && !IsWritten(access) && CanMove(site, access.Expression),
        _ => false,
    };

    private static bool Arguments(FixSite site, ArgumentListSyntax list) => list.Arguments.All(argument => argument.RefKindKeyword == default && CanMove(site, argument.Expression));

    /// <summary>What returns something to await is not run by calling it.</summary>
    private static bool CanMove(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension, RefKind: RefKind.None, IsAsync: false }
        && !method.ReturnType.IsRefLikeType
        && method.ReturnType.GetMembers("GetAwaiter").IsEmpty
        && (method.IsStatic || method.ContainingType is not { IsValueType: true });

    private static bool CanMove(FixSite site, ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax or PredefinedTypeSyntax or AnonymousFunctionExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax => true,
        ThisExpressionSyntax => site.Model.GetTypeInfo(expression, site.Cancellation).Type is { IsValueType: false },
        SimpleNameSyntax => IsVariable(site, expression),
        MemberAccessExpressionSyntax access => IsVariable(site, access) && CanMove(site, access.Expression),
        ParenthesizedExpressionSyntax parenthesized => CanMove(site, parenthesized.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.LogicalNotExpression } unary => CanMove(site, unary.Operand),
        BinaryExpressionSyntax binary => CanMove(site, binary.Left) && CanMove(site, binary.Right),
        InterpolatedStringExpressionSyntax text => text.Contents.OfType<InterpolationSyntax>().All(hole => CanMove(site, hole.Expression)),
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.All(element => CanMove(site, element)),
        InvocationExpressionSyntax { Expression: var called } query => IsOfQuery(site, query) && CanMove(site, called) && Arguments(site, query.ArgumentList),
        _ => false,
    };

    /// <summary>The beginning of a query runs with its end.</summary>
    private static bool IsOfQuery(FixSite site, InvocationExpressionSyntax call) =>
        site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is IMethodSymbol { ContainingType: { Name: "Enumerable" or "ParallelEnumerable", ContainingNamespace.Name: "Linq" } };

    private static bool IsWritten(ExpressionSyntax access) =>
        access.Parent is AssignmentExpressionSyntax assignment ? assignment.Left == access : access.Parent is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 };

    private static bool IsVariable(FixSite site, ExpressionSyntax name)
    {
        ISymbol? symbol = site.Model.GetSymbolInfo(name, site.Cancellation).Symbol;
        return symbol is ILocalSymbol { RefKind: RefKind.None, Type.IsRefLikeType: false }
            or IParameterSymbol { RefKind: RefKind.None, Type.IsRefLikeType: false }
            or IFieldSymbol or IMethodSymbol or INamedTypeSymbol or INamespaceSymbol
            && symbol is not { IsStatic: false, ContainingType.IsValueType: true, Kind: SymbolKind.Field };
    }
}
