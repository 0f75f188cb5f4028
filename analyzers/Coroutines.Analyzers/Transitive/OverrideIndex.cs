using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>The overrides and implementations that a program has: what its virtual calls can run.</summary>
internal sealed class OverrideIndex
{
    private readonly Dictionary<IMethodSymbol, List<IMethodSymbol>> _overrides = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _implementing = new(SymbolEqualityComparer.Default);
    private readonly bool _isApplication;

    public OverrideIndex(IEnumerable<INamedTypeSymbol> types, Compilation compilation)
    {
        _isApplication = compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule);
        foreach (INamedTypeSymbol type in types.Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default))
        {
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct)
                Add(type);
        }
    }

    /// <summary>The bodies that a virtual call of <paramref name="method"/> can run, as far as the program has them.</summary>
    public IEnumerable<IMethodSymbol> Of(IMethodSymbol method)
    {
        var targets = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (!method.IsAbstract)
            targets.Add(method);
        if (method.ContainingType.TypeKind == TypeKind.Interface)
            targets.UnionWith(Implementations(method));
        else if (_overrides.TryGetValue(method, out var overrides))
            targets.UnionWith(overrides);
        return targets;
    }

    /// <summary>Whether nobody outside of the program can add another.</summary>
    public bool IsComplete(IMethodSymbol method) => _isApplication || !IsVisibleOutside(method);

    private void Add(INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (implemented.DeclaringSyntaxReferences.Length > 0)
                List(_implementing, implemented.OriginalDefinition).Add(type);
        }

        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IMethodSymbol { IsOverride: true } method)
                continue;
            for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                List(_overrides, overridden.OriginalDefinition).Add(Dispatch.Canonical(method));
        }
    }

    private IEnumerable<IMethodSymbol> Implementations(IMethodSymbol method)
    {
        if (!_implementing.TryGetValue(method.ContainingType, out var types))
            yield break;

        foreach (INamedTypeSymbol type in types)
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, method.ContainingType))
                    continue;
                foreach (ISymbol declared in implemented.GetMembers(method.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, method)
                        && type.FindImplementationForInterfaceMember(declared) is IMethodSymbol found)
                    {
                        yield return Dispatch.Canonical(found);
                    }
                }
            }
        }
    }

    private static bool IsVisibleOutside(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    private static List<TValue> List<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }
}
