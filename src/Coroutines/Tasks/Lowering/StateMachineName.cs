namespace Coroutines;

/// <summary>
/// The coroutine a compiler's state machine was made from, for dumps. The compiler calls that of <c>Method</c> <c>&lt;Method&gt;d__1</c>, that of a function in it
/// <c>&lt;&lt;Method&gt;g__Function|1_0&gt;d</c>.
/// </summary>
internal static class StateMachineName
{
    public static string Of(Type stateMachine)
    {
        string name = stateMachine.Name.TrimStart('<');
        int end = name.IndexOf('>', StringComparison.Ordinal), local = name.IndexOf(">g__", StringComparison.Ordinal), after = name.IndexOf('|', StringComparison.Ordinal);
        string method = end < 0 ? name : local == end && after > end ? $"{name[..end]}.{name[(end + 4)..after]}" : name[..end];
        return stateMachine.DeclaringType is { } type ? $"{type.Name}.{method}" : method;
    }
}
