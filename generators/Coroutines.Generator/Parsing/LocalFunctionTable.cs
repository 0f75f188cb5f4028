using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// The local functions that more than one leaf sees. They stand at the top of the method and are given the closures they need as arguments:
/// <code>int Add(int b) => a + b;   →   int Add(Closure1 outer1, int b) => outer1.a + b;</code>
/// </summary>
internal sealed class LocalFunctionTable(BodyContext context)
{
    private readonly Dictionary<ISymbol, (string Name, LocalFunctionStatementSyntax Syntax)> _lifted = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<int>> _closures = new(SymbolEqualityComparer.Default);

    public void Lift(IMethodSymbol function, string name, LocalFunctionStatementSyntax syntax) => _lifted.Add(function, (name, syntax));

    public string? NameOf(IMethodSymbol function) => _lifted.TryGetValue(function.OriginalDefinition, out var lifted) ? lifted.Name : null;

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
        string name = NameOf(function)! + typeArguments;
        var parameters = type.DelegateInvokeMethod!.Parameters;
        string field = context.Closures.Delegate(closure, TypeText.Of(type), name);
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

    private void Reach(ISymbol function, HashSet<ISymbol> reached, SortedSet<int> closures)
    {
        if (!reached.Add(function) || !_lifted.TryGetValue(function, out var lifted)) return;
        foreach (SimpleNameSyntax name in lifted.Syntax.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            ISymbol? symbol = context.Semantics.GetSymbolInfo(name).Symbol;
            if (context.LiftedId(symbol) is { } id && context.Variables[id].IsCaptured) closures.Add(context.Variables[id].Closure);
            else if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } called) Reach(called.OriginalDefinition, reached, closures);
        }
    }
}
