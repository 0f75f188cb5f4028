using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Coroutines;

/// <summary>Tells the continuations of the compiler's async iterators from those of other async code.</summary>
/// <remarks>
/// Fact: an async iterator runs only while somebody reads it, and is the only async method whose state machine is an <see cref="IValueTaskSource{TResult}"/> of bool; the continuation's
/// target is the runtime's generic box around that state machine. Where the runtime wraps continuations (a debugger that traces them) the target is something else: then such an iterator is
/// cancelled like other async code, after its present wait.
/// </remarks>
internal static class IteratorContinuations
{
    private static readonly ConditionalWeakTable<Type, object> s_known = [];
    private static readonly object s_yes = new(), s_no = new();

    public static bool Contain(Action continuation) => continuation.Target is { } box && IsBox(box);

    /// <summary>Whether foreign code posts the continuation of such an iterator: as an action, or the box itself.</summary>
    public static bool IsOne(object? state) =>
        state is Action continuation ? Contain(continuation) : state is not null && IsBox(state);

    private static bool IsBox(object box) => s_known.GetValue(box.GetType(), static type => IsBoxOfIterator(type) ? s_yes : s_no) == s_yes;

    private static bool IsBoxOfIterator(Type type)
    {
        foreach (var argument in type.GenericTypeArguments)
        {
            if (typeof(IAsyncStateMachine).IsAssignableFrom(argument) && typeof(IValueTaskSource<bool>).IsAssignableFrom(argument))
                return true;
        }

        return false;
    }
}
