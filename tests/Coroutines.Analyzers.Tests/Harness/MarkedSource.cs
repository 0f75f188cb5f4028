using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>
/// Source with the expected findings marked in it: <c>[|text|]</c> for a finding of the only rule under test,
/// <c>{|CORO101:text|}</c> for one of the rule named.
/// </summary>
internal sealed record MarkedSource(string Text, IReadOnlyList<Finding> Findings)
{
    public static MarkedSource Parse(string marked, string? onlyRule = null)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Rule, int Start, bool Named)>();
        var findings = new List<Finding>();
        for (int i = 0; i < marked.Length; i++)
        {
            string two = marked.Substring(i, Math.Min(2, marked.Length - i));
            if (two == "[|")
            {
                open.Push((onlyRule ?? throw new FormatException("'[|' does not say which rule."), text.Length, Named: false));
                i++;
            }
            else if (two == "{|")
            {
                int colon = marked.IndexOf(':', i);
                open.Push((marked[(i + 2)..colon], text.Length, Named: true));
                i = colon;
            }
            else if (open.TryPeek(out var last) && two == (last.Named ? "|}" : "|]"))
            {
                open.Pop();
                findings.Add(new Finding(last.Rule, TextSpan.FromBounds(last.Start, text.Length)));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        if (open.Count > 0)
            throw new FormatException("A marked span is not closed.");

        return new MarkedSource(text.ToString(), [.. findings.OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Rule)]);
    }

    /// <summary>The text with findings marked by rule: what a failing test shows, and what it compares.</summary>
    public static string Mark(string text, IEnumerable<Finding> findings)
    {
        var marked = new StringBuilder(text);
        foreach (Finding finding in findings.OrderByDescending(finding => finding.Span.Start).ThenBy(finding => finding.Span.Length))
        {
            marked.Insert(finding.Span.End, "|}");
            marked.Insert(finding.Span.Start, $"{{|{finding.Rule}:");
        }

        return marked.ToString();
    }

    public string Marked => Mark(Text, Findings);
}
