using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Coroutines.Generator.Acceptance.Memory;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>
/// The verdicts about the coroutines of one compilation, each given once: analyzers ask about the same ones, and for their callees. Where nothing has changed since an
/// earlier compilation that the method can mean, the verdict is the earlier one. Any thread may ask.
/// </summary>
public sealed class KnownVerdicts
{
    private static readonly ConditionalWeakTable<Compilation, KnownVerdicts> s_ofCompilation = new();

    private readonly ConcurrentDictionary<IMethodSymbol, KnownVerdict?> _verdicts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, KnownVerdict?> _byId = new();
    private readonly Compilation _compilation;
    private readonly Lazy<Surroundings> _surroundings;

    private KnownVerdicts(Compilation compilation)
    {
        _compilation = compilation;
        _surroundings = new(() => new((CSharpCompilation)compilation));
    }

    public static KnownVerdicts Of(Compilation compilation) => s_ofCompilation.GetValue(compilation, static compilation => new(compilation));

    /// <summary>The verdict about a method, wherever in the compilation it is declared; null if its text is none of a method.</summary>
    public KnownVerdict? About(IMethodSymbol method, CancellationToken cancellation)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        IMethodSymbol implementation = definition.PartialImplementationPart ?? definition;
        if (_verdicts.TryGetValue(implementation, out KnownVerdict? known)) return known;
        known = _verdicts.GetOrAdd(implementation, Check(implementation, cancellation));
        // Who calls it will ask by its ID, from which to find the method takes longer.
        if (known is { IsGenerated: true }) _byId.TryAdd(known.Frames[0].Id, known);
        return known;
    }

    /// <summary>The verdict about the method with this documentation ID; null if there is none.</summary>
    internal KnownVerdict? About(string id, CancellationToken cancellation)
    {
        if (_byId.TryGetValue(id, out KnownVerdict? known)) return known;
        return _byId.GetOrAdd(id, DocumentationCommentId.GetFirstSymbolForDeclarationId(id, _compilation) is IMethodSymbol method ? About(method, cancellation) : null);
    }

    /// <summary>Whether a coroutine is generated.</summary>
    public bool IsGenerated(IMethodSymbol method, CancellationToken cancellation) => About(method, cancellation) is { IsGenerated: true };

    /// <summary>Why a local function that is a coroutine keeps the compiler's lowering; null if it does not.</summary>
    public Refusal? AboutLocal(IMethodSymbol function, LocalFunctionStatementSyntax syntax, CancellationToken cancellation)
    {
        // Nobody can redirect calls of local functions but the generated body around them.
        if (CallSiteParser.EnclosingCoroutine(syntax, _compilation.GetSemanticModel(syntax.SyntaxTree), cancellation) is { } around
            && About(around, cancellation)?.Locals.FirstOrDefault(local => local.Start == syntax.SpanStart) is { } verdict) return verdict.Refusal;
        return new RefusedException(Refusals.LocalFunction, function.Name, syntax).ToRefusal(syntax);
    }

    private KnownVerdict? Check(IMethodSymbol implementation, CancellationToken cancellation)
    {
        if (implementation.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax syntax) return null;
        Fingerprint key = _surroundings.Value.KeyOf(syntax);
        if (VerdictMemory.Find(key) is { } remembered) return remembered.At(syntax.SpanStart);
        Fingerprint byNames = _surroundings.Value.KeyByNames(syntax);
        KnownVerdict verdict = VerdictMemory.Find(byNames)?.At(syntax.SpanStart)
            ?? KnownVerdict.Of(CoroutineAcceptance.Check(implementation, syntax, _compilation.GetSemanticModel(syntax.SyntaxTree), cancellation), syntax);
        VerdictMemory.Add(key, verdict);
        VerdictMemory.Add(byNames, verdict);
        return verdict;
    }
}
