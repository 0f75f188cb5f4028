using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Blocking;

/// <summary>What <c>[Blocking]</c> and <c>[NonBlocking]</c> say about a member: on itself, the property of an accessor, or its type.</summary>
internal sealed class BlockingAnnotations
{
    private readonly INamedTypeSymbol? _blocking;
    private readonly INamedTypeSymbol? _nonBlocking;
    private readonly IAssemblySymbol _program;
    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _canHaveThem = new(SymbolEqualityComparer.Default);

    public BlockingAnnotations(Compilation compilation)
    {
        _blocking = compilation.GetTypeByMetadataName("Coroutines.BlockingAttribute");
        _nonBlocking = compilation.GetTypeByMetadataName("Coroutines.NonBlockingAttribute");
        _program = compilation.Assembly;
    }

    /// <summary>Whether members of the assembly can be annotated at all: few assemblies know the library, and most calls are of others.</summary>
    public bool CanBeOn(ISymbol member) => member.ContainingAssembly is { } assembly && _blocking is not null
        && (SymbolEqualityComparer.Default.Equals(assembly, _program) || _canHaveThem.GetOrAdd(assembly, KnowsLibrary));

    /// <summary>What is said about the member; null if nothing is. On one accessor it holds for the property, on a type for the members written in it.</summary>
    public BlockingApi? Find(ISymbol member)
    {
        foreach (ISymbol? annotated in Places(member))
        {
            if (annotated is not null && On(annotated, member) is { } said)
                return said;
        }

        return null;
    }

    /// <summary>The <c>[NonBlocking]</c> that stands on the member, or on its type, itself.</summary>
    public AttributeData? NonBlockingOn(ISymbol member) => Attribute(member, _nonBlocking);

    /// <summary>The <c>[Blocking]</c> that stands on the member, or on its type, itself.</summary>
    public AttributeData? BlockingOn(ISymbol member) => Attribute(member, _blocking);

    private static AttributeData? Attribute(ISymbol member, INamedTypeSymbol? type) => Places(member)
        .OfType<ISymbol>()
        .SelectMany(annotated => annotated.GetAttributes())
        .FirstOrDefault(attribute => Same(attribute.AttributeClass, type));

    private static IEnumerable<ISymbol?> Places(ISymbol member)
    {
        ISymbol named = (member as IMethodSymbol)?.AssociatedSymbol ?? member;
        yield return named;
        yield return (named as IPropertySymbol)?.GetMethod;
        yield return (named as IPropertySymbol)?.SetMethod;
        yield return named.IsImplicitlyDeclared ? null : named.ContainingType;
    }

    private BlockingApi? On(ISymbol annotated, ISymbol member)
    {
        foreach (AttributeData attribute in annotated.GetAttributes())
        {
            if (Same(attribute.AttributeClass, _nonBlocking))
                return BlockingApi.NonBlocking;
            if (Same(attribute.AttributeClass, _blocking))
                return new BlockingApi(member.GetDocumentationCommentId() ?? member.Name, BlockingGroup.Listed(BlockingKind.InputOutput, Text(attribute)));
        }

        return null;
    }

    private static string? Text(AttributeData attribute) => attribute.ConstructorArguments.Length == 1 ? attribute.ConstructorArguments[0].Value as string : null;

    private bool KnowsLibrary(IAssemblySymbol assembly) => assembly.Modules.Any(module =>
        module.ReferencedAssemblies.Any(reference => reference.Name == _blocking!.ContainingAssembly.Name))
        || SymbolEqualityComparer.Default.Equals(assembly, _blocking!.ContainingAssembly);

    private static bool Same(ISymbol? left, ISymbol? right) => SymbolEqualityComparer.Default.Equals(left, right);
}
