using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// The local functions that more than one leaf sees. They stand at the top of the method and are given the closures they need as arguments:
/// <code>int Add(int b) => a + b;   →   int Add(Closure1 outer1, int b) => outer1.a + b;</code>
/// Those that are coroutines become methods of the type, each with a frame, and are given the same arguments.
/// </summary>
internal sealed class LocalFunctionTable(BodyContext context)
{
    private readonly Dictionary<ISymbol, Lifted> _lifted = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<int>> _closures = new(SymbolEqualityComparer.Default);

    /// <param name="name">Unique in the body.</param>
    public void Lift(IMethodSymbol function, string name, LocalFunctionStatementSyntax syntax) => _lifted.Add(function, new(name, name, syntax, context.IsCoroutine(syntax)));

    /// <summary>What to call a lifted function by; null for one that stays where it is.</summary>
    public string? NameOf(IMethodSymbol function) =>
        !_lifted.TryGetValue(function.OriginalDefinition, out Lifted? lifted) ? null : CoroutineOf(function) is { } coroutine ? coroutine.FactoryName : lifted.Name;

    /// <summary>The signature of a lifted function that is a coroutine, else null.</summary>
    public Signature? CoroutineOf(IMethodSymbol function)
    {
        if (!_lifted.TryGetValue(function.OriginalDefinition, out Lifted? lifted) || !lifted.IsCoroutine) return null;
        return lifted.Signature ??= SignatureParser.Local(
            function.OriginalDefinition, context.Signature, lifted.Name, [.. TypeParameters(function.OriginalDefinition)],
            ClosuresOf(function).Select((closure, index) => new Parameter(context.OuterName(index), context.OuterName(index), context.Variables[closure].Type, "", "")));
    }

    /// <summary>The type arguments with which the method that a coroutine has become is called: it has the type parameters around it, too.</summary>
    public string TypeArguments(IMethodSymbol function)
    {
        if (CoroutineOf(function) is not { TypeParameters.IsEmpty: false } coroutine) return "";
        var around = coroutine.TypeParameters.Take(coroutine.TypeParameters.Count - function.TypeParameters.Length);
        return "<" + string.Join(", ", around.Concat(function.TypeArguments.Select(TypeText.Of))) + ">";
    }

    /// <summary>Takes over the functions of the body around this one; those that are no coroutines and that this one reaches are copied.</summary>
    /// <param name="closures">From closures there to closures here; it has those that this function needs.</param>
    /// <returns>The functions to copy.</returns>
    public IEnumerable<LocalFunctionStatementSyntax> Adopt(LocalFunctionTable outer, IReadOnlyDictionary<int, int> closures)
    {
        foreach (var (function, lifted) in outer._lifted.Select(pair => (pair.Key, pair.Value)))
        {
            if (lifted.IsCoroutine) outer.CoroutineOf((IMethodSymbol)function);
            IReadOnlyList<int> needed = outer.ClosuresOf((IMethodSymbol)function);
            if (!needed.All(closures.ContainsKey)) continue;
            _lifted.Add(function, lifted with { Name = $"{context.Prefix}f_{lifted.Name}" });
            _closures.Add(function, [.. needed.Select(closure => closures[closure])]);
        }
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Called(context.Body, reached);
        return reached.Select(function => _lifted[function].Syntax);
    }

    /// <summary>The functions, no coroutines, that a piece of code mentions, directly or through one another.</summary>
    private void Called(SyntaxNode code, HashSet<ISymbol> reached)
    {
        foreach (SimpleNameSyntax name in code.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (context.Semantics.MentionOf(name) is not IMethodSymbol { MethodKind: MethodKind.LocalFunction } called) continue;
            if (_lifted.TryGetValue(called.OriginalDefinition, out Lifted? lifted) && !lifted.IsCoroutine && reached.Add(called.OriginalDefinition)) Called(lifted.Syntax, reached);
        }
    }

    private static IEnumerable<ITypeParameterSymbol> TypeParameters(IMethodSymbol function) =>
        function.ContainingSymbol is IMethodSymbol around ? TypeParameters(around).Concat(function.TypeParameters) : function.TypeParameters;

    /// <summary>The closures that a function mentions, itself or through the functions it calls, outermost first.</summary>
    public IReadOnlyList<int> ClosuresOf(IMethodSymbol function)
    {
        if (_closures.TryGetValue(function.OriginalDefinition, out List<int>? known)) return known;
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var closures = new SortedSet<int>();
        Reach(function.OriginalDefinition, reached, closures);
        return _closures[function.OriginalDefinition] = [.. closures];
    }

    /// <summary>The closures as the arguments or the beginning of the arguments of a call.</summary>
    public IEnumerable<Part> Arguments(IMethodSymbol function, bool inFunction, bool isFollowed)
    {
        IReadOnlyList<int> closures = ClosuresOf(function);
        for (int i = 0; i < closures.Count; i++)
        {
            yield return inFunction ? Part.Closure(closures[i]) : Part.Variable(closures[i]);
            if (isFollowed || i < closures.Count - 1) yield return Part.Of(", ");
        }
    }

    public IEnumerable<Part> Parameters(IMethodSymbol function, bool isFollowed)
    {
        IReadOnlyList<int> closures = ClosuresOf(function);
        for (int i = 0; i < closures.Count; i++)
        {
            yield return Part.Of(context.Variables[closures[i]].Type.Text + " ");
            yield return Part.Closure(closures[i]);
            if (isFollowed || i < closures.Count - 1) yield return Part.Of(", ");
        }
    }

    /// <summary>A delegate of a function that needs closures: made once for each entry to the innermost scope, because delegates of one function are equal.</summary>
    public IEnumerable<Part> Delegate(IMethodSymbol function, string typeArguments, INamedTypeSymbol type, bool inFunction)
    {
        int closure = context.Closures.Innermost(ClosuresOf(function));
        string name = NameOf(function)! + typeArguments, key = _lifted[function.OriginalDefinition].Key + typeArguments;
        var parameters = type.DelegateInvokeMethod!.Parameters;
        string field = context.Closures.Delegate(closure, TypeText.Of(type), key);
        yield return Part.Of("(");
        yield return inFunction ? Part.Closure(closure) : Part.Variable(closure);
        yield return Part.Of($".{field} ??= ({string.Join(", ", parameters.Select((p, i) => $"{Modifier(p)}{TypeText.Of(p.Type)} {context.Prefix}a{i}"))}) => {name}(");
        foreach (Part argument in Arguments(function, inFunction: true, parameters.Length > 0)) yield return argument;
        yield return Part.Of(string.Join(", ", parameters.Select((p, i) => $"{Modifier(p)}{context.Prefix}a{i}")) + "))");
    }

    private static string Modifier(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        _ => "",
    };

    /// <param name="Key">The name in the body that declares it, which tells functions apart wherever they are mentioned.</param>
    private sealed record Lifted(string Name, string Key, LocalFunctionStatementSyntax Syntax, bool IsCoroutine)
    {
        public Signature? Signature { get; set; }
    }

    private void Reach(ISymbol function, HashSet<ISymbol> reached, SortedSet<int> closures)
    {
        if (!reached.Add(function) || !_lifted.TryGetValue(function, out var lifted)) return;
        foreach (SimpleNameSyntax name in lifted.Syntax.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            ISymbol? symbol = context.Semantics.MentionOf(name);
            if (context.LiftedId(symbol) is { } id && context.Variables[id].IsCaptured) closures.Add(context.Variables[id].Closure);
            else if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } called) Reach(called.OriginalDefinition, reached, closures);
        }
    }
}
