using System.Text.RegularExpressions;

namespace Coroutines.Differential.Matrix;

/// <summary>One entry of the matrix: a construct at a position.</summary>
/// <param name="Name">A type name, made of construct and position.</param>
/// <param name="Text">The whole source file.</param>
internal sealed partial record MatrixProgram(string Name, string Text)
{
    private const string Locals = """
        int n = 5; string s = "abc"; string? nil = null; int[] arr = { 1, 2, 3 }; var box = new Box(t); Box? none = null; object o = 3; Point? some = new Point { X = 4 };
                    Point? missing = null; var list = new List<int> { 7, 8 }; var pair = (X: 1, Y: 2); int[,] grid = { { 1, 2 }, { 3, 4 } }; Func<int, int> twice = v => v * 2; var log = new Log(t); Bag.Current = t;
        """;

    /// <summary>How many coroutines it declares.</summary>
    public int Coroutines => Text.Split("[Coroutine]").Length - 1;

    private const string End = """
        t.Add("end " + n + s + nil + string.Join(",", arr) + box.X + o + some?.X + list.Count + pair.X + pair.Y + grid[1, 1] + none?.X + missing?.X + twice(1));
        """;

    /// <summary>
    /// <c>A(1)</c> stands for an operand that suspends, <c>S(1)</c> for one that does not; <c>T</c>, <c>B</c>, <c>G</c> suspend and give a text, a truth, and anything.
    /// </summary>
    public static MatrixProgram Of(string name, string body, string members = "") => Whole(name, "public static async Coroutine M0(Trace t)", Written(body), Written(members));

    private static string Written(string code) => Suspending().Replace(NotSuspending().Replace(code, "P.S(t, "), "await P.$1$2(t, ");

    /// <summary>A generator-style coroutine that a coroutine awaits. It has one more variable, <c>last</c>, and can call another one, <c>J</c>.</summary>
    public static MatrixProgram OfIterator(string name, string body) => Whole(
        name, "public static IEnumerator<ILoopAwaitable?> I(Trace t)", "ResultAwaitable<int>? last = null; " + body + " t.Add(\"last\" + last?.Result);", """
            [Coroutine]
            public static async Coroutine M0(Trace t) { t.Add("begin"); try { await I(t); } finally { t.Add("done"); } }

            [Coroutine]
            public static IEnumerator<ILoopAwaitable?> J(Trace t, int n) { t.Add("j" + n); try { yield return P.A(t, n); yield return null; } finally { t.Add("j left"); } }
            """);

    private static MatrixProgram Whole(string name, string header, string body, string members) => new(name, $$"""
        namespace Programs
        {
            public static partial class {{name}}
            {
                [Coroutine]
                {{header}}
                {
                    {{Locals}}
                    {{body}}
                    {{End}}
                }

                {{members}}
            }
        }
        """);

    [GeneratedRegex(@"\b([ATBG])(<[\w<>]+>)?\(")]
    private static partial Regex Suspending();

    [GeneratedRegex(@"\bS\(")]
    private static partial Regex NotSuspending();
}
