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
}
