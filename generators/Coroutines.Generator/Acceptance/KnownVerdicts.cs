using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>The verdicts about the coroutines of one compilation, each given once: analyzers ask about the same ones, and for their callees. Any thread may ask.</summary>
public sealed class KnownVerdicts
{
    private static readonly ConditionalWeakTable<Compilation, KnownVerdicts> s_ofCompilation = new();

    private readonly ConcurrentDictionary<IMethodSymbol, Verdict?> _verdicts = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;

    private KnownVerdicts(Compilation compilation) => _compilation = compilation;

    public static KnownVerdicts Of(Compilation compilation) => s_ofCompilation.GetValue(compilation, static compilation => new(compilation));

    /// <summary>The verdict about a method, wherever in the compilation it is declared; null if its text is none of a method.</summary>
    public Verdict? About(IMethodSymbol method, CancellationToken cancellation)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        IMethodSymbol implementation = definition.PartialImplementationPart ?? definition;
        return _verdicts.TryGetValue(implementation, out Verdict? known) ? known : _verdicts.GetOrAdd(implementation, Check(implementation, cancellation));
    }

    /// <summary>Whether a coroutine is generated.</summary>
    public bool IsGenerated(IMethodSymbol method, CancellationToken cancellation) => About(method, cancellation)?.Model is not null;

    /// <summary>Why a local function that is a coroutine keeps the compiler's lowering; null if it does not.</summary>
    public Refusal? AboutLocal(IMethodSymbol function, LocalFunctionStatementSyntax syntax, CancellationToken cancellation)
    {
        // Nobody can redirect calls of local functions but the generated body around them.
        if (CallSiteParser.EnclosingCoroutine(syntax, _compilation.GetSemanticModel(syntax.SyntaxTree), cancellation) is { } around
            && About(around, cancellation)?.Locals.FirstOrDefault(local => local.Start == syntax.SpanStart) is { } verdict) return verdict.Refusal;
        return new RefusedException(Refusals.LocalFunction, function.Name, syntax).ToRefusal(syntax);
    }

    private Verdict? Check(IMethodSymbol implementation, CancellationToken cancellation) =>
        implementation.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is MethodDeclarationSyntax syntax
            ? CoroutineAcceptance.Check(implementation, syntax, _compilation.GetSemanticModel(syntax.SyntaxTree), cancellation) : null;
}
