namespace Coroutines.Generator.Tests.Harness;

/// <summary>A program whose trace must not depend on the lowering.</summary>
internal static class BothLowerings
{
    /// <param name="members">Members of the partial class <c>Program</c>, <c>Main</c> among them.</param>
    /// <param name="accepted">How many methods must have been generated; -1 for all that carry the attribute, local functions too.</param>
    public static IReadOnlyList<string> Agree(string members, string types = "", int accepted = -1)
    {
        string source = Source(members, types);
        var reference = TestCompilation.Create(source);
        IReadOnlyList<string> expected = TestCompilation.Run(reference);
        var generated = TestCompilation.Generate(reference);
        var verdicts = TestCompilation.Verdicts(reference);
        if (accepted < 0)
        {
            Assert.Empty(verdicts.Select(v => (v.Id, v.Refusal)).Concat(verdicts.SelectMany(v => v.Locals.Select(l => (v.Id, l.Refusal)))).Where(v => v.Refusal is not null).Select(v => v.Id + ": " + v.Refusal!.Message));
            Assert.Equal(source.Split("[Coroutine]").Length - 1, verdicts.Sum(v => v.Models.Count()));
        }
        else Assert.Equal(accepted, verdicts.Count(v => v.Model is not null));
        IReadOnlyList<string> actual = TestCompilation.Run(generated);
        Assert.True(expected.SequenceEqual(actual), $"reference:\n{string.Join('\n', expected)}\n\ngenerated:\n{string.Join('\n', actual)}\n\n{string.Join('\n', generated.SyntaxTrees.Skip(reference.SyntaxTrees.Length))}");
        return actual;
    }

    public static string Source(string members, string types = "") => $$"""
        public static class Start { public static void Run() => EventLoop.Run(Program.Main()); }
        public static partial class Program
        {
        {{members}}
            [Coroutine] public static async Coroutine<int> Later(int value) { await Coroutine.Yield(); return value; }
            [Coroutine] public static async Coroutine<string> Text(string value) { await Coroutine.Yield(); return value; }
            [Coroutine] public static async Coroutine<bool> Is(bool value) { await Coroutine.Yield(); Log(value); return value; }
        }
        {{types}}
        """;
}
