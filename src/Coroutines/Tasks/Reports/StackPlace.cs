using System.Diagnostics;

namespace Coroutines;

/// <summary>What reports to people ask of a frame of the stack.</summary>
internal static class StackPlace
{
    public static string OurAssembly { get; } = typeof(StackPlace).Assembly.GetName().Name!;

    /// <summary>The simple name of a method's assembly; empty if it is not known.</summary>
    public static string AssemblyOf(DiagnosticMethodInfo? method) => method?.DeclaringAssemblyName?.Split(',')[0] ?? "";

    /// <summary>"File.cs:12", or null without symbols.</summary>
    public static string? Of(StackFrame frame) => frame.GetFileName() is { } file ? $"{Path.GetFileName(file)}:{frame.GetFileLineNumber()}" : null;

    /// <summary>Whether the assembly of that name comes with .NET.</summary>
    public static bool IsFramework(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.", StringComparison.Ordinal) || assembly is "mscorlib" or "netstandard";

    /// <summary>The name with the place of its frame behind it, where that is known: "Type.Method (File.cs:12)".</summary>
    public static string WithPlace(string name, StackFrame frame) => Of(frame) is { } place ? $"{name} ({place})" : name;

    /// <summary>"Type.Method". A state machine is called as its method: the compiler names it "Type+&lt;Method&gt;d__1".</summary>
    public static string Name(DiagnosticMethodInfo method) => MethodOfStateMachine(method) ?? $"{Simple(method.DeclaringTypeName ?? "")}.{method.Name}";

    /// <summary>"Type.Method" if the frame is the state machine of that method, "Type.Method, a lambda" if it is that of a lambda in it; else null.</summary>
    public static string? MethodOfStateMachine(DiagnosticMethodInfo method)
    {
        string type = method.DeclaringTypeName ?? "";
        int first = type.IndexOf("+<", StringComparison.Ordinal), last = type.LastIndexOf("+<", StringComparison.Ordinal);
        if (method.Name != "MoveNext" || last < 0)
            return null;
        // "<Method>d__1", "<<Method>b__0_1>d" for a lambda, "<<Method>g__Local|0_1>d" for a local function.
        string machine = type[(last + 1)..].TrimStart('<');
        int end = machine.IndexOf('>', StringComparison.Ordinal);
        if (end <= 0)
            return null;
        string rest = machine[(end + 1)..];
        string name = $"{Simple(type[..first])}.{machine[..end]}";
        return rest.StartsWith("g__", StringComparison.Ordinal) ? $"{name}.{rest[3..].Split('|')[0]}" : rest.StartsWith("b__", StringComparison.Ordinal) ? $"{name}, a lambda" : name;
    }

    private static string Simple(string type) => type[(type.LastIndexOfAny(['.', '+']) + 1)..];
}
