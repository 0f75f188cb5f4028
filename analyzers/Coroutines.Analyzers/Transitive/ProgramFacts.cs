using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>What has been read of one compilation. Several analyzers ask about the same bodies, so they share the answers; nothing outlives the compilation.</summary>
internal sealed class ProgramFacts(CoroutineSymbols coroutines, BlockingApiLookup apis)
{
    private static readonly ConditionalWeakTable<BlockingApiLookup, ProgramFacts> s_ofCompilation = new();

    private readonly ConcurrentDictionary<SyntaxTree, FileFacts> _files = new();
    private readonly object _gate = new();
    private CallGraph? _graph;

    public static ProgramFacts Of(CoroutineSymbols coroutines, BlockingApiLookup apis) =>
        s_ofCompilation.GetValue(apis, apis => new ProgramFacts(coroutines, apis));

    public FileFacts Read(SemanticModel model, CancellationToken cancellation) => _files.TryGetValue(model.SyntaxTree, out FileFacts known)
        ? known
        : _files.GetOrAdd(model.SyntaxTree, FileReader.Read(model, coroutines, apis, cancellation));

    public IEnumerable<FileFacts> Files => _files.Values;

    /// <summary>The graph of the whole program, solved. For the end of the compilation, when all files have been read.</summary>
    public CallGraph Graph(Compilation compilation)
    {
        lock (_gate)
            return _graph ??= CallGraph.Solved([.. Files], new OverrideIndex(Files.SelectMany(file => file.Types), compilation));
    }
}
