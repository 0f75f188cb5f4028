using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Generator.Acceptance;

/// <summary>
/// Whether a method has errors. To ask the compiler for the diagnostics of one method visits every type of the compilation, which would
/// make the generator quadratic; so it is asked only where the method's own operations look like an error.
/// </summary>
internal static class BindingErrors
{
    public static bool Any(MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation) =>
        LooksBroken(syntax, semantics, cancellation)
        && semantics.GetDiagnostics(syntax.Span, cancellation).Any(d => d.Severity == DiagnosticSeverity.Error && !d.IsSuppressed && d.DefaultSeverity == DiagnosticSeverity.Error);

    private static bool LooksBroken(MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        if (syntax.ContainsDiagnostics) return true;
        SyntaxNode? body = (SyntaxNode?)syntax.Body ?? syntax.ExpressionBody;
        return body is null || semantics.GetOperation(body, cancellation) is not { } operation || operation.DescendantsAndSelf().Any(LooksBroken);
    }

    private static bool LooksBroken(IOperation operation) =>
        operation.Kind is OperationKind.Invalid or OperationKind.None
        || operation.Type is { TypeKind: TypeKind.Error }
        || (operation is IConversionOperation conversion && conversion.Language == LanguageNames.CSharp && !conversion.GetConversion().Exists);
}
