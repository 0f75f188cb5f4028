using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Finds what runs in a file: bodies and initializers, each with the node of the graph that it belongs to.</summary>
internal static class FileBodies
{
    public static IEnumerable<(NodeKey Owner, IOperation Body)> Of(SemanticModel model, CancellationToken cancellation)
    {
        foreach (SyntaxNode node in Nodes(model.SyntaxTree, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Owner(node, model, cancellation) is { } owner && model.GetOperation(node, cancellation) is { } body)
                yield return (owner, body);
        }
    }

    /// <summary>The declarations of the file, without what is in bodies.</summary>
    public static IEnumerable<SyntaxNode> Nodes(SyntaxTree tree, CancellationToken cancellation) => tree.GetRoot(cancellation).DescendantNodesAndSelf(node => !IsBody(node));

    private static bool IsBody(SyntaxNode node) => node
        is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or StatementSyntax
        or PrimaryConstructorBaseTypeSyntax or AttributeListSyntax or BaseParameterListSyntax or TypeSyntax;

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
