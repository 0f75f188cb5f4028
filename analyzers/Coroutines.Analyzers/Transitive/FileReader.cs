using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Finds the bodies in a file. What they say is read from their operations.</summary>
internal static class FileReader
{
    public static FileFacts Read(SemanticModel model, CoroutineSymbols coroutines, BlockingApiLookup apis, CancellationToken cancellation)
    {
        var facts = new FileFacts(model.SyntaxTree);
        var collector = new CallCollector(coroutines, apis, model.Compilation.Assembly, facts);
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot(cancellation).DescendantNodesAndSelf(node => !IsBody(node)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (node is TypeDeclarationSyntax && model.GetDeclaredSymbol(node, cancellation) is INamedTypeSymbol type)
                facts.Types.Add(type);
            else if (Owner(node, model, cancellation) is { } owner && model.GetOperation(node, cancellation) is { } body)
                collector.Read(body, owner);
        }

        return facts;
    }

    private static bool IsBody(SyntaxNode node) => node
        is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or StatementSyntax
        or PrimaryConstructorBaseTypeSyntax or AttributeListSyntax or BaseParameterListSyntax or TypeSyntax;

    /// <summary>The node of the graph whose body <paramref name="node"/> is.</summary>
    private static NodeKey? Owner(SyntaxNode node, SemanticModel model, CancellationToken cancellation) => node switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => Body(model.GetDeclaredSymbol(node, cancellation)),
        CompilationUnitSyntax unit when unit.Members.Any(SyntaxKind.GlobalStatement) => Body(model.GetDeclaredSymbol(unit, cancellation)),
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } => Body((model.GetDeclaredSymbol(property, cancellation) as IPropertySymbol)?.GetMethod),
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax or PropertyDeclarationSyntax } value => Initializers(model.GetDeclaredSymbol(value.Parent!, cancellation)),
        PrimaryConstructorBaseTypeSyntax { Parent.Parent: TypeDeclarationSyntax type } =>
            model.GetDeclaredSymbol(type, cancellation) is { } built ? new NodeKey(built, NodeRole.InstanceInitializers) : null,
        _ => null,
    };

    private static NodeKey? Body(ISymbol? function) => function is IMethodSymbol method ? new NodeKey(Dispatch.Canonical(method), NodeRole.Body) : null;

    private static NodeKey? Initializers(ISymbol? initialized) => initialized?.ContainingType is { } type
        ? new NodeKey(type, initialized.IsStatic ? NodeRole.StaticInitializers : NodeRole.InstanceInitializers)
        : null;
}
