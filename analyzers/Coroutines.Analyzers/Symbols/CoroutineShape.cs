using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether a method has the signature of one of the surfaces of a coroutine, and if not, what to change.</summary>
internal sealed class CoroutineShape
{
    private readonly CoroutineSymbols _symbols;
    private readonly INamedTypeSymbol? _asyncEnumerable;
    private readonly INamedTypeSymbol? _task;
    private readonly INamedTypeSymbol? _taskOfT;
    private readonly INamedTypeSymbol? _valueTask;
    private readonly INamedTypeSymbol? _valueTaskOfT;

    public CoroutineShape(CoroutineSymbols symbols, Compilation compilation)
    {
        _symbols = symbols;
        _asyncEnumerable = compilation.GetTypeByMetadataName("System.Collections.Generic.IAsyncEnumerable`1");
        _task = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
        _taskOfT = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
        _valueTask = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
        _valueTaskOfT = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
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

    private string Replacement(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void || Is(type, _task) || Is(type, _valueTask))
            return "return 'Coroutine' instead";
        if (Is(type, _taskOfT) || Is(type, _valueTaskOfT))
            return $"return 'Coroutine<{Display(((INamedTypeSymbol)type).TypeArguments[0])}>' instead";
        return "make it 'async' and return 'Coroutine' or 'Coroutine<T>'";
    }

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? definition) =>
        definition is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, definition);

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
