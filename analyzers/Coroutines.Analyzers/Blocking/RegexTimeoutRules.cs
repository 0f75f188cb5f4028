using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Accepts searches that cannot run away: they have a timeout, or the engine does not backtrack.</summary>
internal static class RegexTimeoutRules
{
    /// <summary><c>RegexOptions.NonBacktracking</c>, which the framework this is compiled for does not have.</summary>
    private const int NonBacktracking = 0x400;

    public static bool Accept(IOperation use) => use is IInvocationOperation call
        && (IsBounded(call.Arguments)
            || (ValueOrigin.Of(call.Instance) is IObjectCreationOperation creation && IsBounded(creation.Arguments)));

    private static bool IsBounded(IEnumerable<IArgumentOperation> arguments) => arguments.Any(argument => argument.Parameter?.Name switch
    {
        "matchTimeout" => ValueOrigin.Unwrap(argument.Value) is not IFieldReferenceOperation { Field.Name: "InfiniteMatchTimeout" or "InfiniteTimeSpan" },
        "options" => argument.Value.ConstantValue is { HasValue: true, Value: int options } && (options & NonBacktracking) != 0,
        _ => false,
    });
}
