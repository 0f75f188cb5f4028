using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Rules;

/// <summary>
/// A rule whose findings come in two ways: while a file is read, and when the whole program has been. The compiler wants to know which, so there
/// is a descriptor for each; users see one rule.
/// </summary>
internal sealed class TransitiveRule(DiagnosticDescriptor inProgram)
{
    public DiagnosticDescriptor InProgram { get; } = inProgram;

    public DiagnosticDescriptor InFile { get; } = new(
        inProgram.Id,
        inProgram.Title,
        inProgram.MessageFormat,
        inProgram.Category,
        inProgram.DefaultSeverity,
        inProgram.IsEnabledByDefault,
        inProgram.Description,
        inProgram.HelpLinkUri);
}
