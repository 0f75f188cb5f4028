using System.Collections.Immutable;
using Coroutines.Analyzers.Flow;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO301: a coroutine suspends while it holds a lock that belongs to its thread.</summary>
/// <remarks>The locks are told apart by how they are written: <c>_gate</c> and <c>this._gate</c> are two, which is rare and costs a finding at most.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeldLockAnalyzer : FlowAnalyzer
{
    private static readonly Dictionary<string, HashSet<string>> s_acquire = new()
    {
        ["Monitor"] = ["Enter", "TryEnter"],
        ["Mutex"] = ["WaitOne"],
        ["ReaderWriterLock"] = ["AcquireReaderLock", "AcquireWriterLock", "UpgradeToWriterLock"],
        ["ReaderWriterLockSlim"] = ["EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock", "TryEnterWriteLock", "TryEnterUpgradeableReadLock"],
        ["Lock"] = ["Enter", "TryEnter"],
        ["SpinLock"] = ["Enter", "TryEnter"],
    };

    private static readonly HashSet<string> s_release =
        ["Exit", "ReleaseMutex", "ReleaseReaderLock", "ReleaseWriterLock", "ReleaseLock", "ExitReadLock", "ExitWriteLock", "ExitUpgradeableReadLock"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ThreadRules.HeldLock];

    private protected override ImmutableArray<OperationKind> Occasions { get; } = [OperationKind.Invocation, OperationKind.Lock];

    private protected override bool IsOccasion(IOperation operation, CoroutineSymbols symbols) => operation switch
    {
        IInvocationOperation call => Acquired(call) is not null,
        _ => true,
    };

    private protected override void Analyze(OperationBlockAnalysisContext context, IMethodSymbol? function, ControlFlowGraph graph, CoroutineSymbols symbols)
    {
        if (function is null || !symbols.RunsOnLoop(function))
            return;

        var paths = new Paths(graph);
        paths.Run();
        foreach (var found in paths.Found)
            context.ReportDiagnostic(Diagnostic.Create(ThreadRules.HeldLock, found.Key.GetLocation(), found.Value));
    }

    private static string? Acquired(IInvocationOperation call) => Name(call, s_acquire.TryGetValue(call.TargetMethod.ContainingType.Name, out var names) && names.Contains(call.TargetMethod.Name));

    private static string? Released(IInvocationOperation call) => Name(call, s_release.Contains(call.TargetMethod.Name) && s_acquire.ContainsKey(call.TargetMethod.ContainingType.Name));

    private static string? Name(IInvocationOperation call, bool matches)
    {
        // WaitOne is declared by WaitHandle.
        ITypeSymbol? receiver = call.Instance?.Type;
        matches |= call.TargetMethod.Name == "WaitOne" && receiver is { Name: "Mutex" };
        return matches && call.TargetMethod.ContainingNamespace is { Name: "Threading", ContainingNamespace.Name: "System" }
            ? (call.Instance ?? call.Arguments.FirstOrDefault()?.Value)?.Syntax.ToString()
            : null;
    }

    /// <summary>
    /// The facts: locks that are held. One taken by <c>if (TryEnter(…))</c> only in that statement; one whose taking is told by a variable no longer once the variable was looked at, as
    /// <c>finally { if (taken) Exit(…); }</c> does.
    /// </summary>
    private sealed class Paths(ControlFlowGraph graph) : ForwardAnalysis<(string Name, SyntaxNode? Within, ISymbol? Taken)>(graph, EqualityComparer<(string, SyntaxNode?, ISymbol?)>.Default)
    {
        public Dictionary<SyntaxNode, string> Found { get; } = [];

        protected override ImmutableHashSet<(string Name, SyntaxNode? Within, ISymbol? Taken)> Evaluate(
            IOperation operation, ImmutableHashSet<(string Name, SyntaxNode? Within, ISymbol? Taken)> held)
        {
            switch (operation)
            {
                case IInvocationOperation call when Acquired(call) is { } acquired:
                    return held.Add((acquired, call.Syntax.Parent is IfStatementSyntax guarded ? guarded.Statement : null, Taken(call)));
                case IInvocationOperation call when Released(call) is { } released:
                    return held.Except(held.Where(fact => fact.Name == released));
                case ILocalReferenceOperation local:
                    return held.Except(held.Where(fact => SymbolEqualityComparer.Default.Equals(fact.Taken, local.Local)));
                case IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } when Suspensions.Is(operation):
                    string[] names = [.. held.Where(fact => fact.Within?.Contains(operation.Syntax) != false).Select(fact => fact.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal)];
                    if (names.Length > 0)
                        Found[operation.Syntax] = string.Join("', '", names);
                    return held;
                default:
                    return held;
            }
        }

        /// <summary>
        /// To take a lock, or let it go, does not fail, nor does what the language puts around that: a failure there would leave the lock taken on a path that does not exist.
        /// </summary>
        protected override bool MayFail(IOperation operation) => operation switch
        {
            IInvocationOperation call => Acquired(call) is null && Released(call) is null,
            IObjectCreationOperation or IAwaitOperation or IThrowOperation or IDynamicInvocationOperation => true,
            _ => false,
        };

        private static ISymbol? Taken(IInvocationOperation call) =>
            (call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Ref && argument.Parameter.Type.SpecialType == SpecialType.System_Boolean)?.Value as ILocalReferenceOperation)?.Local;
    }
}
