using System.Text;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Infrastructure;

/// <summary>Indented text with <c>#line</c> mapping. Everything is hidden from the debugger except mapped lines.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _hidden;

    public SourceWriter Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _indent * 4).Append(line);
        _text.Append('\n');
        return this;
    }

    public SourceWriter Directive(string directive)
    {
        _text.Append(directive).Append('\n');
        return this;
    }

    public SourceWriter Open(string? header = null)
    {
        if (header is not null) Line(header);
        Line("{");
        _indent++;
        return this;
    }

    public SourceWriter Close(string suffix = "")
    {
        _indent--;
        return Line("}" + suffix);
    }

    /// <summary>A label stands one level to the left of its code.</summary>
    public void Label(string name)
    {
        _indent--;
        Line($"{name}:;");
        _indent++;
    }

    /// <summary>A directive that hides what follows from the debugger; written once, until something is mapped.</summary>
    public void Hide()
    {
        if (_hidden) return;
        _text.Append("#line hidden\n");
        _hidden = true;
    }

    /// <summary>Ends the region in which lines are hidden or mapped.</summary>
    public void EndMapping()
    {
        _text.Append("#line default\n");
        _hidden = false;
    }

    /// <summary>One statement whose position is the user's.</summary>
    public void Mapped(SourceSpan? span, string statement)
    {
        if (span is null || span.File.Length == 0)
        {
            Line(statement);
            return;
        }
        _text.Append("#line ").Append(span.Directive(_indent * 4)).Append('\n');
        _hidden = false;
        Line(statement);
        Hide();
    }

    public override string ToString() => _text.ToString();
}
