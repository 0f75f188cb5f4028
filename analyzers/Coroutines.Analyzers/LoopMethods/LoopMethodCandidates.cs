using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.LoopMethods;

/// <summary>Answers of which functions all calls can be seen: nobody but the bodies of the program names them, and nothing calls them without a name.</summary>
internal sealed class LoopMethodCandidates
{
    /// <summary>Called by the language where their names do not stand.</summary>
    private static readonly HashSet<string> s_unseen =
    [
        "Add", "AppendFormatted", "AppendLiteral", "Create", "Deconstruct", "Dispose", "DisposeAsync", "EnterScope", "GetAsyncEnumerator", "GetAwaiter", "GetEnumerator", "GetPinnableReference", "GetResult", "Main",
        "MoveNext", "MoveNextAsync", "OnCompleted", "Slice", "ToString", "UnsafeOnCompleted",
    ];

    private readonly bool _isApplication;
    private readonly bool _hasFriends;

    public LoopMethodCandidates(Compilation compilation)
    {
        _hasFriends = compilation.Assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
        _isApplication = !_hasFriends && compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule);
    }

    /// <summary>Iterators run when they are read; what others may override or call through an interface has callers that do not name it; attributes may have things called by reflection.</summary>
    public bool Contain(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, IsVirtual: false, IsAbstract: false, IsOverride: false, IsExtern: false, ExplicitInterfaceImplementations.IsEmpty: true }
        && method.DeclaringSyntaxReferences.Length > 0
        && !s_unseen.Contains(method.Name)
        && (method.MethodKind == MethodKind.LocalFunction || _isApplication || IsClosed(method))
        && method.GetAttributes().All(IsHarmless)
        && !ImplementsInterface(method)
        && !IteratorBody.Yields(method);

    private bool IsClosed(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility == Accessibility.Private || (!_hasFriends && symbol.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal))
                return true;
        }

        return false;
    }

    private static bool IsHarmless(AttributeData attribute) =>
        attribute.AttributeClass is { Name: not ("ModuleInitializerAttribute" or "UnsafeAccessorAttribute"), ContainingNamespace: { Name: "Coroutines" or "CompilerServices" or "CodeAnalysis" or "Diagnostics" } };

    private static bool ImplementsInterface(IMethodSymbol method) => method.MethodKind == MethodKind.Ordinary && method.ContainingType.AllInterfaces.Any(implemented =>
        implemented.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));
}
