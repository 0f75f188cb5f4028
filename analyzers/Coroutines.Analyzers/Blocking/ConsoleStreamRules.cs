using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Recognises writers of the console: <c>Console.Error.WriteLine</c> is as harmless as <c>Console.WriteLine</c>, though any other text writer may be a file's.</summary>
internal static class ConsoleStreamRules
{
    public static BlockingKind KindOf(IOperation use, BlockingGroup group) =>
        group.Kind == BlockingKind.InputOutput
        && use is IInvocationOperation { Instance: IPropertyReferenceOperation { Property: { Name: "Out" or "Error", ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } } } }
            ? BlockingKind.Minor
            : group.Kind;
}
