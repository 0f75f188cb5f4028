using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>What <c>yield return</c> means where only the loop knows what was yielded. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class YieldedAwaitable
{
    /// <summary>The wait for what a generator-style coroutine has yielded.</summary>
    /// <param name="yielded">Null for the next turn.</param>
    /// <returns>A cold coroutine.</returns>
    public static Coroutine AsCoroutine(ILoopAwaitable? yielded) => yielded is null ? AwaitFrame.Of(Coroutine.Yield().GetAwaiter()) : yielded.AsCoroutine();
}
