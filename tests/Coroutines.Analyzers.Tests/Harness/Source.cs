namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>The source around the lines a test is about.</summary>
internal static class Source
{
    /// <summary>Statements in the body of a coroutine with a few things at hand.</summary>
    public static string InCoroutine(string statements) => $$"""
        using Coroutines;

        partial class Scene
        {
            static Task task = Task.CompletedTask;
            static Task<int> number = Task.FromResult(1);
            static ValueTask value;
            static ValueTask<int> valueNumber;

            [Coroutine]
            static async Coroutine Run(Task given, Task<string> text, CancellationToken token, int milliseconds, TimeSpan time)
            {
        {{Indent(statements)}}
                await Coroutine.Yield();
            }

            [Coroutine]
            static async Coroutine Other() => await Coroutine.Yield();

            [Coroutine]
            static async Coroutine<int> Count() { await Coroutine.Yield(); return 1; }
        }
        """;

    /// <summary>Members of a partial class.</summary>
    public static string InClass(string members) => $$"""
        using Coroutines;

        partial class Scene
        {
        {{Indent(members, "    ")}}
        }
        """;

    private static string Indent(string lines, string by = "        ") =>
        string.Join('\n', lines.Split('\n').Select(line => line.Length == 0 ? line : by + line));
}
