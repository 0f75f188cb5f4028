using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether a method has the signature of one of the surfaces of a coroutine, and if not, what to change.</summary>
internal sealed class CoroutineShape
{
    private readonly CoroutineSymbols _symbols;
    private readonly INamedTypeSymbol? _asyncEnumerable;

    public CoroutineShape(CoroutineSymbols symbols, Compilation compilation)
    {
        _symbols = symbols;
        _asyncEnumerable = compilation.GetTypeByMetadataName("System.Collections.Generic.IAsyncEnumerable`1");
    }

    /// <summary>What to change so that the method can be a coroutine; null when it can.</summary>
    public string? Objection(IMethodSymbol method)
    {
        if (_symbols.IsCoroutineType(method.ReturnType))
            return method.IsAsync ? null : NotAsync(method);
        if (_symbols.IsIteratorType(method.ReturnType))
            return IteratorBody.Yields(method) ? null : NoBody(method) ?? "it does not 'yield'; remove the attribute if it only passes a coroutine on";
        if (Is(method.ReturnType, _asyncEnumerable))
            return method.IsAsync ? null : NotAsync(method);
        return $"it returns '{Display(method.ReturnType)}'; {Replacement(method.ReturnType)}";
    }

    private static string NotAsync(IMethodSymbol method) =>
        NoBody(method) ?? "it is not 'async'; add 'async', or remove the attribute if it only passes a coroutine on";

    private static string? NoBody(IMethodSymbol method) => method switch
    {
        { IsAbstract: true } or { IsExtern: true } => "it has no body; put the attribute on the method that implements it",
        { PartialImplementationPart: null, IsPartialDefinition: true } => "it has no body; implement it",
        _ => null,
    };

    /// <summary>Which type to return in the place of this one.</summary>
    public static string Replacement(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Void } => "return 'Coroutine' instead",
        INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks", TypeArguments: { Length: 1 } result } => $"return 'Coroutine<{Display(result[0])}>' instead",
        INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } => "return 'Coroutine' instead",
        _ => "make it 'async' and return 'Coroutine' or 'Coroutine<T>'",
    };

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? definition) =>
        definition is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, definition);

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
