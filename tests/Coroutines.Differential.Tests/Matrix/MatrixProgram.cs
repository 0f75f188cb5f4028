using System.Text.RegularExpressions;

namespace Coroutines.Differential.Matrix;

/// <summary>One entry of the matrix: a construct at a position.</summary>
/// <param name="Name">A type name, made of construct and position.</param>
/// <param name="Text">The whole source file.</param>
internal sealed record MatrixProgram(string Name, string Text)
{
    private const string Locals = """
        int n = 5; string s = "abc"; string? nil = null; int[] arr = { 1, 2, 3 }; var box = new Box(t); Box? none = null; object o = 3; Point? some = new Point { X = 4 };
                    Point? missing = null; var list = new List<int> { 7, 8 }; var pair = (X: 1, Y: 2); int[,] grid = { { 1, 2 }, { 3, 4 } }; Func<int, int> twice = v => v * 2;
        """;

    /// <summary>
    /// <c>A(1)</c> stands for an operand that suspends, <c>S(1)</c> for one that does not; <c>T</c>, <c>B</c>, <c>G</c> suspend and give a text, a truth, and anything.
    /// </summary>
    public static MatrixProgram Of(string name, string body, string members = "") => new(name, Regex.Replace(Regex.Replace($$"""
        namespace Programs
        {
            public static partial class {{name}}
            {
                [Coroutine]
                public static async Coroutine M0(Trace t)
                {
                    {{Locals}}
                    {{body}}
                    t.Add("end " + n + s + nil + string.Join(",", arr) + box.X + o + some?.X + list.Count + pair.X + pair.Y + grid[1, 1] + none?.X + missing?.X + twice(1));
                }

                {{members}}
            }
        }
        """, @"\b([ATBG])(<[\w<>]+>)?\(", "await P.$1$2(t, "), @"\bS\(", "P.S(t, "));
}
