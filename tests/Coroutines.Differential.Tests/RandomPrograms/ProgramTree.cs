using System.Text;

namespace Coroutines.Differential.RandomPrograms;

/// <summary>A statement of a random program. Mutable, so that shrinking can take statements out and put them back.</summary>
internal sealed class Statement(string text)
{
    /// <summary>A whole simple statement, or what stands before the parts of a compound one.</summary>
    public string Text { get; } = text;

    public List<Part> Parts { get; init; } = [];

    /// <summary>What stands behind the parts.</summary>
    public string End { get; init; } = "";

    public void Write(StringBuilder code, int indent)
    {
        Line(code, indent, Text);
        foreach (var part in Parts)
            part.Write(code, indent);
        Line(code, indent, End);
    }

    public static void Line(StringBuilder code, int indent, string text)
    {
        if (text.Length > 0)
            code.Append(' ', indent * 4).Append(text).Append('\n');
    }
}

/// <summary>A block with what introduces and what follows it: <c>if (…) { … }</c>, <c>case 1: { … } break;</c>.</summary>
internal sealed class Part(string header, List<Statement> body, string footer = "")
{
    public List<Statement> Body { get; } = body;

    public void Write(StringBuilder code, int indent)
    {
        Statement.Line(code, indent, header);
        Statement.Line(code, indent, "{");
        foreach (var statement in Body)
            statement.Write(code, indent + 1);
        Statement.Line(code, indent, "}");
        Statement.Line(code, indent, footer);
    }
}

/// <summary>A coroutine of a random program.</summary>
internal sealed record Method(string Container, string Header, List<Statement> Body, string Result);

/// <summary>A random program: <c>M0</c> is its root.</summary>
/// <param name="HasStreams">Then turns are no part of what both lowerings have in common.</param>
internal sealed record RandomProgram(int Seed, bool HasStreams, List<Method> Methods)
{
    public string Name => $"Program{Seed}";

    public string Write()
    {
        var code = new StringBuilder($"namespace Programs\n{{\npublic static partial class {Name}\n{{\n");
        foreach (var methods in Methods.GroupBy(method => method.Container))
        {
            Statement.Line(code, 1, methods.Key);
            Statement.Line(code, 1, methods.Key.Length > 0 ? "{" : "");
            foreach (var method in methods)
            {
                Statement.Line(code, 1, "[Coroutine]");
                Statement.Line(code, 1, method.Header);
                new Part("", [.. method.Body, new Statement(method.Result)]).Write(code, 1);
            }

            Statement.Line(code, 1, methods.Key.Length > 0 ? "}" : "");
        }

        return code.Append("}\n}\n").ToString();
    }
}
