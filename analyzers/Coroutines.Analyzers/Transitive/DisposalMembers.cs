using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>The <c>Dispose</c> and <c>DisposeAsync</c> that run at the end of a <c>using</c>.</summary>
internal static class DisposalMembers
{
    public static IEnumerable<IMethodSymbol?> Of(IUsingOperation operation) => Of(operation.Resources, operation.IsAsynchronous);

    public static IEnumerable<IMethodSymbol?> Of(IUsingDeclarationOperation operation) => Of(operation.DeclarationGroup, operation.IsAsynchronous);

    private static IEnumerable<IMethodSymbol?> Of(IOperation resources, bool isAsynchronous) => resources is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => Of(declarator.Symbol.Type, isAsynchronous))
        : [Of(TypeOf(resources), isAsynchronous)];

    private static IMethodSymbol? Of(ITypeSymbol? type, bool isAsynchronous)
    {
        if (type is null)
            return null;

        string name = isAsynchronous ? "DisposeAsync" : "Dispose";
        if ((isAsynchronous || type.IsRefLikeType) && Pattern(type, name) is { } pattern)
            return pattern;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (implemented.Name == "I" + (isAsynchronous ? "AsyncDisposable" : "Disposable") && implemented.GetMembers(name).FirstOrDefault() is { } declared)
                return type.FindImplementationForInterfaceMember(declared) as IMethodSymbol;
        }

        return null;
    }

    private static IMethodSymbol? Pattern(ITypeSymbol type, string name) => type.GetMembers(name).OfType<IMethodSymbol>()
        .FirstOrDefault(method => method is { IsStatic: false, Parameters.Length: 0, DeclaredAccessibility: not Accessibility.Private });

    private static ITypeSymbol? TypeOf(IOperation resource)
    {
        while (resource is IConversionOperation { OperatorMethod: null } conversion)
            resource = conversion.Operand;

        return resource.Type;
    }
}
