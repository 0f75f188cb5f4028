using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Coroutines.Differential;

/// <summary>Notices when a coroutine of an assembly runs in the compiler's lowering: its state machine is then on the stack.</summary>
public sealed class ReferenceWatch
{
    private readonly Dictionary<Type, string> _stateMachines = [];

    public ReferenceWatch(Assembly assembly)
    {
        foreach (var method in Coroutines(assembly))
            _stateMachines[method.GetCustomAttribute<StateMachineAttribute>()!.StateMachineType] = method.Name;
    }

    /// <summary>The coroutines that were seen in the compiler's lowering.</summary>
    public SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>All coroutines of an assembly.</summary>
    public static IEnumerable<MethodInfo> Coroutines(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(CoroutineAttribute), inherit: false) && method.IsDefined(typeof(StateMachineAttribute), inherit: false)
        select method;

    public void Look()
    {
        foreach (var frame in new StackTrace(1, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod()?.DeclaringType is not { } type)
                continue;
            if (_stateMachines.TryGetValue(type.IsGenericType ? type.GetGenericTypeDefinition() : type, out string? coroutine))
                Seen.Add(coroutine);
        }
    }
}
