using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO405: makes the function <c>async</c>, and awaits what it returned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LateReturnFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LifetimeRules.LateReturnId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        SyntaxNode? function = FunctionSyntax.Around(site.NodeAt(diagnostic));
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || FunctionSyntax.Body(function) is not { } body
            || Parameters(function).Any(IsByReference)
            || FunctionSyntax.Nodes(body).Any(node => node is LockStatementSyntax or UnsafeStatementSyntax)
            || site.Model.GetDeclaredSymbol(function, site.Cancellation) is not IMethodSymbol { ReturnType: INamedTypeSymbol { IsGenericType: var hasResult } })
        {
            return null;
        }

        return new PlannedEdit("Make the method async, and await here", editor => editor.ReplaceNode(function, (current, _) =>
            IsAsync(current) ? current : AddAsync(new Awaiting(hasResult, FunctionSyntax.Body(current)!).Visit(current))));
    }

    private static IEnumerable<ParameterSyntax> Parameters(SyntaxNode function) =>
        function is MethodDeclarationSyntax method ? method.ParameterList.Parameters : ((LocalFunctionStatementSyntax)function).ParameterList.Parameters;

    private static bool IsByReference(ParameterSyntax parameter) => parameter.Modifiers.Any(modifier =>
        modifier.IsKind(SyntaxKind.RefKeyword) || modifier.IsKind(SyntaxKind.OutKeyword) || modifier.IsKind(SyntaxKind.InKeyword));

    private static bool IsAsync(SyntaxNode function) =>
        (function is MethodDeclarationSyntax method ? method.Modifiers : ((LocalFunctionStatementSyntax)function).Modifiers).Any(SyntaxKind.AsyncKeyword);

    private static SyntaxNode AddAsync(SyntaxNode function)
    {
        SyntaxToken async = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (function is MethodDeclarationSyntax { Modifiers.Count: > 0 } method)
            return method.AddModifiers(async);
        if (function is LocalFunctionStatementSyntax { Modifiers.Count: > 0 } local)
            return local.AddModifiers(async);

        // The keyword takes the place of the return type, and what stood before that.
        async = async.WithLeadingTrivia((function is MethodDeclarationSyntax m ? m.ReturnType : ((LocalFunctionStatementSyntax)function).ReturnType).GetLeadingTrivia());
        return function is MethodDeclarationSyntax plain
            ? plain.WithReturnType(plain.ReturnType.WithLeadingTrivia()).AddModifiers(async)
            : ((LocalFunctionStatementSyntax)function).WithReturnType(((LocalFunctionStatementSyntax)function).ReturnType.WithLeadingTrivia()).AddModifiers(async);
    }

    /// <summary><c>return c;</c> → <c>return await c;</c>, or <c>await c; return;</c> where there is no result.</summary>
    private sealed class Awaiting(bool hasResult, BlockSyntax body) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
        {
            ExpressionSyntax await = AwaitSyntax.Write(node.Expression!, node.Expression!);
            if (hasResult)
                return node.WithExpression(await);

            StatementSyntax statement = SyntaxFactory.ExpressionStatement(await.WithoutTrivia());
            return IsLast(node) ? statement.WithTriviaFrom(node) : BlockEdit.Around(node, statement, SyntaxFactory.ReturnStatement());
        }

        /// <summary>Whether the function ends after the statement in any case.</summary>
        private bool IsLast(StatementSyntax statement) => statement.Parent switch
        {
            BlockSyntax block => block.Statements.Last() == statement && (block == body || (block.Parent is UsingStatementSyntax or BlockSyntax && IsLast((StatementSyntax)block.Parent))),
            UsingStatementSyntax @using => IsLast(@using),
            _ => false,
        };

        public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node.Body == body ? base.VisitLocalFunctionStatement(node) : node;

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;
    }
}
