using System.Reflection;

namespace Coroutines.Differential;

/// <summary>Finds the behaviours of an assembly. The attribute's type is compiled into each of the two, so it is known by the test assembly's sources only.</summary>
internal static class BehaviourCatalog
{
    public static IReadOnlyDictionary<string, MethodInfo> All { get; } =
        typeof(BehaviourCatalog).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.IsDefined(typeof(BehaviourAttribute)))
            .ToDictionary(NameOf);

    public static BehaviourAttribute Stated(string name) => All[name].GetCustomAttribute<BehaviourAttribute>()!;

    public static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
