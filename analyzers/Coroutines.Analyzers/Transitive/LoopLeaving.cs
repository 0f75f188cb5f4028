using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Answers where an ordinary <c>async</c> method leaves the loop that awaits it.</summary>
internal static class LoopLeaving
{
    /// <summary><c>await … ConfigureAwait(false)</c>. Any other await comes back to the loop, by its synchronization context.</summary>
    public static bool At(IAwaitOperation await) =>
        await.Operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: { Length: 1 } arguments }
        && arguments[0].Value.ConstantValue is { HasValue: true, Value: false };
}
