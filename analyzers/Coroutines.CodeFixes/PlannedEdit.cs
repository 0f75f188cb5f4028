using Microsoft.CodeAnalysis.Editing;

namespace Coroutines.CodeFixes;

/// <summary>An edit that was found to be possible: its title in the menu, and how it is made.</summary>
internal sealed class PlannedEdit
{
    public PlannedEdit(string title, Action<SyntaxEditor> apply)
    {
        Title = title;
        Apply = apply;
    }

    public string Title { get; }

    public Action<SyntaxEditor> Apply { get; }
}
