namespace Coroutines.Generator.Model;

/// <summary>A place in the user's file; lines and columns from 1, as <c>#line</c> counts them.</summary>
public sealed record SourceSpan(string File, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The argument of the <c>#line</c> directive for text that starts after <paramref name="indentation"/> columns.</summary>
    public string Directive(int indentation)
    {
        string offset = indentation > 0 ? $" {Math.Min(indentation, 65535)}" : "";
        return $"({StartLine},{StartColumn})-({EndLine},{EndColumn}){offset} \"{File}\"";
    }
}
