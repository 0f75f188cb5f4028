using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers where a function suspends, and which of these places a cancellation reaches.</summary>
internal static class Suspensions
{
    /// <summary>The suspensions in a part of a function, not those of functions declared in it.</summary>
    public static IEnumerable<IOperation> In(IOperation part) => FunctionBody.Operations(part).Where(Is);

    /// <summary>Whether others may run before the operation has ended. Handing an item to the reader of a stream counts.</summary>
    public static bool Is(IOperation operation) => operation switch
    {
        IAwaitOperation await => !IsCheckpoint(await.Operation.Type),
        IForEachLoopOperation { IsAsynchronous: true } => true,
        IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } => true,
        IReturnOperation { Kind: OperationKind.YieldReturn } yielded => !IsCheckpoint(Unconverted(yielded.ReturnedValue)?.Type),
        _ => false,
    };

    /// <summary>
    /// Whether a cancellation ends the operation. It ends waits for the loop's awaitables, a checkpoint among them; a wait for a foreign one
    /// ends when the foreign code does, and is cancelled only if that was given a token.
    /// </summary>
    public static bool IsCancellable(IOperation operation) => operation switch
    {
        IAwaitOperation await => IsCancellableWait(await.Operation),
        IForEachLoopOperation { IsAsynchronous: true } loop => IsCancellableStream(loop.Collection),
        IUsingOperation { IsAsynchronous: true } @using => AsyncResources(@using.Resources).Any(IsCancellableDisposal),
        IUsingDeclarationOperation { IsAsynchronous: true } @using => AsyncResources(@using.DeclarationGroup).Any(IsCancellableDisposal),
        IReturnOperation { Kind: OperationKind.YieldReturn } yielded => LibraryTypes.IsLoopAwaitable(Unconverted(yielded.ReturnedValue)?.Type),
        _ => false,
    };

    /// <summary>What the operation waits for: the operand of <c>await</c>, or what a generator-style coroutine yields.</summary>
    public static IOperation? Awaited(IOperation suspension) => suspension switch
    {
        IAwaitOperation await => await.Operation,
        IReturnOperation { Kind: OperationKind.YieldReturn } yielded => Unconverted(yielded.ReturnedValue),
        _ => null,
    };

    private static bool IsCheckpoint(ITypeSymbol? type) => LibraryTypes.Is(type, "CheckpointAwaitable");

    private static bool IsCancellableWait(IOperation awaited) =>
        LibraryTypes.IsLoopAwaitable(awaited.Type) || HasToken(awaited);

    private static bool IsCancellableStream(IOperation stream) =>
        Unconverted(stream) is IInvocationOperation { TargetMethod: var method }
        && (method.GetAttributes().Any(attribute => LibraryTypes.Is(attribute.AttributeClass, "CoroutineAttribute")) || LibraryTypes.IsDeclaredByLibrary(method.ContainingType))
        || HasToken(stream);

    /// <summary>A group waits for its children, cancelled or not; other resources say how they end by what their <c>DisposeAsync</c> returns.</summary>
    private static bool IsCancellableDisposal(ITypeSymbol type) =>
        !LibraryTypes.Is(type, LibraryTypes.TaskGroup)
        && type.GetMembers("DisposeAsync").OfType<IMethodSymbol>().Any(method => LibraryTypes.IsLoopAwaitable(method.ReturnType));

    private static IEnumerable<ITypeSymbol> AsyncResources(IOperation resources) => resources is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => declarator.Symbol.Type)
        : resources.Type is { } type ? [type] : [];

    /// <summary>Whether a call in the chain that makes the awaitable gets a token: <c>client.Get(url, token)</c>, <c>task.WaitAsync(token).ConfigureAwait(false)</c>.</summary>
    private static bool HasToken(IOperation? awaitable)
    {
        for (; Unconverted(awaitable) is IInvocationOperation call; awaitable = call.Instance ?? call.Arguments.FirstOrDefault()?.Value)
        {
            if (call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && IsToken(argument.Value)))
                return true;
        }

        return false;
    }

    private static bool IsToken(IOperation value) =>
        value.Type is { Name: "CancellationToken" }
        && Unconverted(value) is not (IDefaultValueOperation or ILiteralOperation or IPropertyReferenceOperation { Property: { IsStatic: true, Name: "None" } });

    private static IOperation? Unconverted(IOperation? value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;

        return value;
    }
}
