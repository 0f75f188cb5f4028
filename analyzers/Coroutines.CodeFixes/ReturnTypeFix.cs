using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO404: an async function returns <c>Coroutine</c> instead of a task.</summary>
/// <remarks>
/// A task has begun when it is returned, a coroutine has not: so only where each call is awaited on the spot, which both mean the same. An <c>async void</c> function is called without being
/// awaited, and stays.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTypeFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.UnsuitableMethodId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        SyntaxNode declaration = site.NodeAt(diagnostic);
        TypeSyntax? type = declaration switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            LocalFunctionStatementSyntax local => local.ReturnType,
            _ => null,
        };
        if (type is null
            || site.Model.GetDeclaredSymbol(declaration, site.Cancellation) is not IMethodSymbol { IsAsync: true, IsOverride: false, PartialDefinitionPart: null, PartialImplementationPart: null } function
            || function.ReturnType is not INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" }
            || !IsOnlyAwaited(site, function))
        {
            return null;
        }

        string coroutine = site.NameOf("Coroutine", type.SpanStart);
        return new PlannedEdit("Return 'Coroutine'", editor => editor.ReplaceNode(type, (current, _) => SyntaxFactory.ParseTypeName(coroutine + Arguments(current)).WithTriviaFrom(current)));
    }

    private static string Arguments(SyntaxNode type) => type.DescendantNodesAndSelf().OfType<TypeArgumentListSyntax>().FirstOrDefault()?.ToString() ?? "";

    private static bool IsOnlyAwaited(FixSite site, IMethodSymbol function)
    {
        foreach (SyntaxTree tree in site.Model.Compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (SyntaxToken token in tree.GetRoot(site.Cancellation).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == function.Name && token.Parent is SimpleNameSyntax name
                    && IsMeant((model ??= site.Model.Compilation.GetSemanticModel(tree)).GetSymbolInfo(name, site.Cancellation), function) && !IsAwaited(name))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsMeant(SymbolInfo info, IMethodSymbol function) => info.CandidateSymbols.Concat(info.Symbol is { } symbol ? [symbol] : [])
        .Any(candidate => SymbolEqualityComparer.Default.Equals(((candidate as IMethodSymbol)?.ReducedFrom ?? candidate).OriginalDefinition, function));

    private static bool IsAwaited(SimpleNameSyntax name)
    {
        SyntaxNode called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return called.Parent is InvocationExpressionSyntax { Parent: AwaitExpressionSyntax } call && call.Expression == called;
    }
}
