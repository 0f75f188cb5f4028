using System.Text;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Infrastructure;

/// <summary>
/// Indented text with <c>#line</c> mapping. Everything is hidden from the debugger except mapped lines; directives stand only where that changes, since the compiler pays for each.
/// </summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _isMapped;

    public SourceWriter Line(string line = "")
    {
        if (_isMapped) Hide();
        return Plain(line);
    }

    /// <summary>A line without code, which needs no position.</summary>
    public void Comment(string text) => Plain("// " + text);

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

    /// <summary>Hides what follows from the debugger, until something is mapped.</summary>
    public void Hide()
    {
        _text.Append("#line hidden\n");
        _isMapped = false;
    }

    /// <summary>Ends the region in which lines are hidden or mapped.</summary>
    public void EndMapping()
    {
        _text.Append("#line default\n");
        _isMapped = false;
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
        Plain(statement);
        _isMapped = true;
    }

    private SourceWriter Plain(string line)
    {
        if (line.Length > 0) _text.Append(' ', _indent * 4).Append(line);
        _text.Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();
}
