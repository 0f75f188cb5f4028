using System.Collections.Concurrent;
using Coroutines.Analyzers.Transitive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers.LoopMethods;

/// <summary>The functions of one compilation that only coroutines call, and only functions that only coroutines call: they run on the loop, and nowhere else.</summary>
/// <remarks>
/// Of no concern unless <c>coroutines.loop_methods = called</c> holds for the file that declares one. Then all bodies of the program are read, once, when the first rule asks.
/// </remarks>
internal sealed class LoopMethodSet
{
    private const string Option = "coroutines.loop_methods";
    private const string OnlyCalled = "called";

    /// <summary>The generator copies bodies of coroutines: what they call is called by coroutines.</summary>
    private const string Generator = "Coroutines.Generator.CoroutineGenerator";

    private readonly ConcurrentDictionary<SyntaxTree, bool> _isOn = new();
    private readonly LoopMethodCandidates _candidates;
    private readonly Lazy<HashSet<IMethodSymbol>> _found;

    public LoopMethodSet(Compilation compilation, AnalyzerConfigOptionsProvider options, Func<IMethodSymbol, bool> isCoroutine)
    {
        Options = options;
        _candidates = new LoopMethodCandidates(compilation);
        _found = new(() => Find(compilation, _candidates, isCoroutine));
    }

    public AnalyzerConfigOptionsProvider Options { get; }

    public bool Contains(IMethodSymbol function) =>
        function.DeclaringSyntaxReferences is { IsEmpty: false } declarations
        && _isOn.GetOrAdd(declarations[0].SyntaxTree, tree => Options.GetOptions(tree).TryGetValue(Option, out string? value) && value.Trim().Equals(OnlyCalled, StringComparison.OrdinalIgnoreCase))
        && _found.Value.Contains(Dispatch.Canonical(function));

    private static HashSet<IMethodSymbol> Find(Compilation compilation, LoopMethodCandidates candidates, Func<IMethodSymbol, bool> isCoroutine)
    {
        var collector = new CallerCollector(candidates, isCoroutine);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath.Contains(Generator))
                continue;
#pragma warning disable RS1030 // No action sees all files before another, and the driver's compilation hands out the models that it has.
            SemanticModel model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            foreach (var (owner, body) in FileBodies.Of(model, CancellationToken.None))
                collector.Read(owner, body);
        }

        return Closed(collector, isCoroutine);
    }

    /// <summary>The largest set whose members are called by coroutines and members only; of it what a coroutine really reaches.</summary>
    private static HashSet<IMethodSymbol> Closed(CallerCollector calls, Func<IMethodSymbol, bool> isCoroutine)
    {
        var members = new HashSet<IMethodSymbol>(calls.Callers.Keys.Where(method => !calls.Excluded.Contains(method) && !calls.Dynamic.Contains(method.Name)), SymbolEqualityComparer.Default);
        while (members.RemoveWhere(method => !calls.Callers[method].All(caller => caller is not null && (members.Contains(caller) || isCoroutine(caller)))) > 0)
        {
        }

        var reached = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        while (members.RemoveWhere(method => calls.Callers[method].Any(caller => isCoroutine(caller!) || reached.Contains(caller!)) && reached.Add(method)) > 0)
        {
        }

        return reached;
    }
}
