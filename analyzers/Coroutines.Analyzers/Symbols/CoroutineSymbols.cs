using System.Runtime.CompilerServices;
using Coroutines.Analyzers.LoopMethods;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers.Symbols;

/// <summary>The library's types in one compilation. Resolved once, when the compilation starts, for all analyzers.</summary>
internal sealed class CoroutineSymbols
{
    private static readonly ConditionalWeakTable<Compilation, CoroutineSymbols> s_ofCompilation = new();

    private readonly INamedTypeSymbol _attribute;
    private readonly INamedTypeSymbol _coroutine;
    private readonly INamedTypeSymbol _coroutineOfT;
    private readonly INamedTypeSymbol _awaitable;

    private readonly LoopMethodSet _loopMethods;

    private CoroutineSymbols(
        INamedTypeSymbol attribute, INamedTypeSymbol coroutine, INamedTypeSymbol coroutineOfT, INamedTypeSymbol awaitable, Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        _awaitable = awaitable;
        _attribute = attribute;
        _coroutine = coroutine;
        _coroutineOfT = coroutineOfT;
        _loopMethods = new LoopMethodSet(compilation, options, IsCoroutine);
    }

    /// <summary>Null when the compilation does not reference the library: then no rule has anything to say.</summary>
    public static CoroutineSymbols? Resolve(Compilation compilation, AnalyzerOptions options)
    {
        AnalyzerConfigOptionsProvider provider = options.AnalyzerConfigOptionsProvider;
        if (s_ofCompilation.TryGetValue(compilation, out CoroutineSymbols known) && known._loopMethods.Options == provider)
            return known;
        if (Find(compilation, provider) is not { } found)
            return null;
        return s_ofCompilation.GetValue(compilation, _ => found) is { } shared && shared._loopMethods.Options == provider ? shared : found;
    }

    private static CoroutineSymbols? Find(Compilation compilation, AnalyzerConfigOptionsProvider options) =>
        compilation.GetTypeByMetadataName("Coroutines.CoroutineAttribute") is { } attribute
        && compilation.GetTypeByMetadataName("Coroutines.Coroutine") is { } coroutine
        && compilation.GetTypeByMetadataName("Coroutines.Coroutine`1") is { } coroutineOfT
        && compilation.GetTypeByMetadataName("Coroutines.ILoopAwaitable") is { } awaitable
            ? new CoroutineSymbols(attribute, coroutine, coroutineOfT, awaitable, compilation, options)
            : null;

    /// <summary>Whether the body of the method, lambda or local function runs as a coroutine, on any surface.</summary>
    public bool IsCoroutine(IMethodSymbol method) =>
        (method.IsAsync && IsCoroutineType(method.ReturnType)) || HasCoroutineAttribute(method) || (IsIteratorType(method.ReturnType) && IteratorBody.Yields(method));

    /// <summary>Whether the function runs on the loop and nowhere else: a coroutine or, where that is asked for, what only coroutines call.</summary>
    public bool RunsOnLoop(IMethodSymbol function) => IsCoroutine(function) || _loopMethods.Contains(function);

    /// <summary>Whether the type is <c>Coroutine</c> or <c>Coroutine&lt;T&gt;</c>.</summary>
    public bool IsCoroutineType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition: var definition }
        && (Same(definition, _coroutine) || Same(definition, _coroutineOfT));

    /// <summary>Whether the type is what a generator-style coroutine returns: an iterator over <c>ILoopAwaitable</c>.</summary>
    public bool IsIteratorType(ITypeSymbol? type) =>
        type is INamedTypeSymbol iterator
        && iterator.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_Generic_IEnumerable_T
        && Same(iterator.TypeArguments[0], _awaitable);

    /// <summary>Whether the return type is one a coroutine may have; told by its name, because attributes of every method that is called are dear.</summary>
    public static bool MayBeCoroutine(IMethodSymbol method) => method.ReturnType.Name is "Coroutine" or "IEnumerator" or "IEnumerable" or "IAsyncEnumerable";

    public bool HasCoroutineAttribute(IMethodSymbol method) => CoroutineAttribute(method) is not null;

    public AttributeData? CoroutineAttribute(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (Same(attribute.AttributeClass, _attribute))
                return attribute;
        }

        return null;
    }

    private static bool Same(ISymbol? left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
