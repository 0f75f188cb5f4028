using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO105: <c>Save(game)</c> → <c>await EventLoop.Current.RunInExecutor(() => Save(game))</c>.</summary>
/// <remarks>
/// The call moves to another thread as a whole, so nothing may be lost on the way: receiver and arguments are constants and variables, which mean there what they mean here, and nothing is
/// passed or returned by reference. What the function touches is for the author to judge.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ExecutorFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [TransitiveRules.CallId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (Call(site.NodeAt(diagnostic)) is not { } call
            || !AwaitSyntax.IsAllowedAt(call)
            || site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method
            || !CanMove(method)
            || !CanMove(site, call.Expression)
            || !call.ArgumentList.Arguments.All(argument => argument.RefKindKeyword == default && CanMove(site, argument.Expression))
            || site.Model.Compilation.GetTypeByMetadataName("Coroutines.EventLoop") is not { } loop)
        {
            return null;
        }

        return new PlannedEdit("Run in the executor", editor => editor.ReplaceNode(call, (current, generator) =>
        {
            SyntaxNode here = generator.MemberAccessExpression(generator.TypeExpression(loop), "Current");
            SyntaxNode run = generator.MemberAccessExpression(here, "RunInExecutor");
            SyntaxNode lambda = generator.ValueReturningLambdaExpression(current.WithoutTrivia());
            return AwaitSyntax.Write((ExpressionSyntax)generator.InvocationExpression(run, lambda), call);
        }));
    }

    /// <summary>From the underlined name to the whole call.</summary>
    private static InvocationExpressionSyntax? Call(SyntaxNode name)
    {
        SyntaxNode member = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return member.Parent as InvocationExpressionSyntax;
    }

    /// <summary>What returns something to await is not run by calling it.</summary>
    private static bool CanMove(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension, RefKind: RefKind.None, IsAsync: false }
        && !method.ReturnType.IsRefLikeType
        && method.ReturnType.GetMembers("GetAwaiter").IsEmpty
        && (method.IsStatic || method.ContainingType is not { IsValueType: true });

    private static bool CanMove(FixSite site, ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax or PredefinedTypeSyntax => true,
        ThisExpressionSyntax => site.Model.GetTypeInfo(expression, site.Cancellation).Type is { IsValueType: false },
        SimpleNameSyntax => IsVariable(site, expression),
        MemberAccessExpressionSyntax access => IsVariable(site, access) && CanMove(site, access.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negative => CanMove(site, negative.Operand),
        _ => false,
    };

    private static bool IsVariable(FixSite site, ExpressionSyntax name)
    {
        ISymbol? symbol = site.Model.GetSymbolInfo(name, site.Cancellation).Symbol;
        return symbol is ILocalSymbol { RefKind: RefKind.None, Type.IsRefLikeType: false }
            or IParameterSymbol { RefKind: RefKind.None, Type.IsRefLikeType: false }
            or IFieldSymbol or IMethodSymbol or INamedTypeSymbol or INamespaceSymbol
            && symbol is not { IsStatic: false, ContainingType.IsValueType: true, Kind: SymbolKind.Field };
    }
}
