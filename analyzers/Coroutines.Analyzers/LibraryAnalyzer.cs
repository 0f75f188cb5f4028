using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>An analyzer that has nothing to say where the library is not referenced, nor about generated code.</summary>
public abstract class LibraryAnalyzer : DiagnosticAnalyzer
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is { } symbols)
                Start(start, symbols);
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols);
}
