using Coroutines.Generator.Lowering;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>A method is accepted with its model or refused with a reason; never neither, never both.</summary>
public sealed record Verdict(string Id, CoroutineModel? Model, Refusal? Refusal);

/// <summary>
/// The one question both the generator and the analyzer ask. Accepting means that parsing and lowering succeeded:
/// what follows depends on nothing but the model and cannot fail.
/// </summary>
public static class CoroutineAcceptance
{
    /// <summary>The verdict about a coroutine of the compilation, wherever in it the method is declared.</summary>
    public static bool IsGenerated(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        IMethodSymbol implementation = method.PartialImplementationPart ?? method;
        return implementation.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is MethodDeclarationSyntax syntax
            && Check(implementation, syntax, compilation.GetSemanticModel(syntax.SyntaxTree), cancellation).Model is not null;
    }

    public static Verdict Check(IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        string id = method.GetDocumentationCommentId() ?? method.ToDisplayString();
        try
        {
            ParsedCoroutine parsed = CoroutineParser.Parse(method, syntax, semantics, cancellation);
            return new(id, new(parsed.Signature, parsed.Context, parsed.Callees, Passes.Run(parsed), parsed.Closures), null);
        }
        catch (RefusedException refused)
        {
            return new(id, null, refused.ToRefusal(syntax));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Half-typed code may look like nothing the parser expects. The compiler's lowering is always there.
            return new(id, null, new RefusedException(Refusals.Internal, failure.GetType().Name + ": " + failure.Message, syntax).ToRefusal(syntax));
        }
    }
}
