using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers which of the library's types a symbol is, by name: nothing need be resolved for types that a program does not use.</summary>
internal static class LibraryTypes
{
    public const string TaskGroup = "TaskGroup";
    public const string CancelScope = "CancelScope";
    public const string CoroutineTask = "CoroutineTask";
    public const string EventLoop = "EventLoop";
    private const string LoopAwaitable = "ILoopAwaitable";

    /// <summary>Whether it is the type of this name, or a construction of the generic one.</summary>
    public static bool Is(ITypeSymbol? type, string name) => type is { Name: var actual } && actual == name && IsDeclaredByLibrary(type);

    /// <summary>Whether the member is one of the library's type of this name.</summary>
    public static bool IsMemberOf(ISymbol? member, string type) => Is(member?.ContainingType, type);

    public static bool IsDeclaredByLibrary(ITypeSymbol? type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "Coroutines", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether awaiting the type waits for something of the loop: it is, or implements, <c>ILoopAwaitable</c>, or iterates over such.</summary>
    public static bool IsLoopAwaitable(ITypeSymbol? type) => type switch
    {
        null => false,
        INamedTypeSymbol { Name: "IEnumerator" or "IEnumerable", TypeArguments: { Length: 1 } items } => Is(items[0], LoopAwaitable),
        _ => Is(type, LoopAwaitable) || type.AllInterfaces.Any(implemented => Is(implemented, LoopAwaitable)),
    };
}
