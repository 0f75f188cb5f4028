using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Answers what a call of a method runs: the method itself, or one of its overrides.</summary>
internal static class Dispatch
{
    /// <summary>The node that a call of <paramref name="method"/> leads to.</summary>
    /// <param name="method">The method named by the call.</param>
    /// <param name="instance">The receiver, if there is one: its type may tell the override.</param>
    /// <param name="isVirtual">Whether the call is virtual; calls of <c>base</c> are not.</param>
    public static NodeKey Target(IMethodSymbol method, IOperation? instance, bool isVirtual = true)
    {
        IMethodSymbol named = Canonical(method);
        if (!isVirtual || !IsOverridable(named))
            return new NodeKey(named, NodeRole.Body);
        if (ExactType(instance) is { } type && Implementation(type, method) is { } found)
            return new NodeKey(Canonical(found), NodeRole.Body);
        return new NodeKey(named, NodeRole.Overrides);
    }

    /// <summary>The one symbol by which the graph knows a method: its definition, the part of it that has the body, not reduced.</summary>
    public static IMethodSymbol Canonical(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialImplementationPart ?? definition;
    }

    /// <summary>The member of <paramref name="type"/>, or of one of its bases, that a virtual call of <paramref name="method"/> runs.</summary>
    public static IMethodSymbol? Implementation(ITypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
            return type.FindImplementationForInterfaceMember(method) as IMethodSymbol;

        for (ITypeSymbol? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (ISymbol member in declaring.GetMembers(method.Name))
            {
                if (member is IMethodSymbol candidate && Overrides(candidate, method))
                    return candidate;
            }
        }

        return null;
    }

    private static bool Overrides(IMethodSymbol candidate, IMethodSymbol method)
    {
        for (IMethodSymbol? declared = candidate; declared is not null; declared = declared.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, method.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool IsOverridable(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;

    /// <summary>The type of the receiver if nothing can be derived from it, or if it has just been made.</summary>
    private static ITypeSymbol? ExactType(IOperation? instance)
    {
        while (instance is IConversionOperation { OperatorMethod: null } conversion)
            instance = conversion.Operand;

        return instance is IObjectCreationOperation || instance?.Type is { IsSealed: true, TypeKind: TypeKind.Class or TypeKind.Struct }
            ? instance.Type
            : null;
    }
}
