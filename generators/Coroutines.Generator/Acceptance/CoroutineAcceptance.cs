using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Lowering;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>A method is accepted with its model or refused with a reason; never neither, never both.</summary>
/// <param name="Calls">The calls of coroutines in a refused body, where they were asked for.</param>
/// <param name="Locals">Verdicts about the local functions of an accepted method that are coroutines themselves.</param>
public sealed record Verdict(string Id, CoroutineModel? Model, Refusal? Refusal, EquatableArray<LocalVerdict> Locals = default, EquatableArray<CallSite> Calls = default)
{
    public IEnumerable<CoroutineModel> Models => Model is null ? [] : Locals.Select(local => local.Model).OfType<CoroutineModel>().Prepend(Model);
}

/// <param name="Start">Where the local function stands.</param>
public sealed record LocalVerdict(int Start, CoroutineModel? Model, Refusal? Refusal);

/// <summary>
/// The one question both the generator and the analyzer ask. Accepting means that parsing and lowering succeeded:
/// what follows depends on nothing but the model and cannot fail. <see cref="KnownVerdicts"/> keeps the answers of one compilation.
/// </summary>
public static class CoroutineAcceptance
{
    /// <summary>The verdict, and what the generator needs if it is a refusal.</summary>
    internal static Verdict CheckWithCalls(IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        Verdict verdict = Check(method, syntax, semantics, cancellation);
        return verdict.Model is not null ? verdict : verdict with { Calls = CallSiteParser.ParseInside(method, semantics, cancellation).ToEquatableArray() };
    }

    public static Verdict Check(IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        string id = method.GetDocumentationCommentId() ?? method.ToDisplayString();
        // The attribute of either part of a partial method counts for both.
        if (method.PartialImplementationPart is { } implementation && implementation.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is MethodDeclarationSyntax whole)
            (method, syntax, semantics) = (implementation, whole, semantics.SyntaxTree == whole.SyntaxTree ? semantics : semantics.Compilation.GetSemanticModel(whole.SyntaxTree));
        try
        {
            return Accept(id, method, syntax, semantics, cancellation);
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

    /// <summary>A local function that is refused is copied as it is, so its refusal is none of the method.</summary>
    private static Verdict Accept(string id, IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        var refused = new Dictionary<SyntaxNode, Refusal>();
        while (true)
        {
            try
            {
                ParsedCoroutine parsed = CoroutineParser.Parse(method, syntax, semantics, refused.Keys, cancellation);
                var locals = parsed.Locals.Select(local => new LocalVerdict(local.Syntax.SpanStart, Lower(local), null))
                    .Concat(refused.Select(entry => new LocalVerdict(entry.Key.SpanStart, null, entry.Value))).OrderBy(verdict => verdict.Start);
                return new(id, Lower(parsed), null, locals.ToEquatableArray());
            }
            catch (RefusedException e) when (e.Function is { } function && !refused.ContainsKey(function))
            {
                refused.Add(function, e.ToRefusal(function));
            }
        }
    }

    private static CoroutineModel Lower(ParsedLocal local)
    {
        try
        {
            return Lower(local.Coroutine);
        }
        catch (RefusedException refused)
        {
            throw refused.In(local.Syntax);
        }
    }

    private static CoroutineModel Lower(ParsedCoroutine parsed) => new(parsed.Signature, parsed.Context, parsed.Callees, Passes.Run(parsed), parsed.Closures, parsed.Accessors);
}
