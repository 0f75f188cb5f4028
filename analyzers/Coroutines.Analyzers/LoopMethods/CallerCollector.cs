using Coroutines.Analyzers.Transitive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.LoopMethods;

/// <summary>Reads one body after the other: who calls each of the candidates, and which of them may also be called by somebody else.</summary>
internal sealed class CallerCollector(LoopMethodCandidates candidates, Func<IMethodSymbol, bool> isCoroutine)
{
    private readonly Dictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The functions whose bodies call it; null for an initializer.</summary>
    public Dictionary<IMethodSymbol, List<IMethodSymbol?>> Callers { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>A delegate or pointer is made of them, or they leave the loop themselves.</summary>
    public HashSet<IMethodSymbol> Excluded { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Names of what <c>dynamic</c> calls: it may be any method of that name.</summary>
    public HashSet<string> Dynamic { get; } = [];

    public void Read(NodeKey owner, IOperation root)
    {
        var pending = new Stack<(IOperation Operation, IMethodSymbol? Function)>();
        pending.Push((root, owner is { Role: NodeRole.Body, Symbol: IMethodSymbol function } ? function : null));
        while (pending.Count > 0)
        {
            var (operation, within) = pending.Pop();
            switch (operation)
            {
                case INameOfOperation:
                    continue;
                case IAnonymousFunctionOperation lambda:
                    within = lambda.Symbol;
                    break;
                case ILocalFunctionOperation local:
                    within = local.Symbol;
                    break;
                case IInvocationOperation call when Dispatch.Canonical(call.TargetMethod) is var callee && IsCandidate(callee):
                    if (!Callers.TryGetValue(callee, out var callers))
                        Callers.Add(callee, callers = []);
                    callers.Add(within);
                    break;
                case IMethodReferenceOperation reference:
                    Excluded.Add(Dispatch.Canonical(reference.Method));
                    break;
                case IDynamicMemberReferenceOperation reference:
                    Dynamic.Add(reference.MemberName);
                    break;
                case IAwaitOperation await when LoopLeaving.At(await) && within is not null && !isCoroutine(within):
                    Excluded.Add(within);
                    break;
            }

            foreach (IOperation child in operation.ChildOperations)
                pending.Push((child, within));
        }
    }

    private bool IsCandidate(IMethodSymbol method)
    {
        if (!_known.TryGetValue(method, out bool known))
            _known.Add(method, known = candidates.Contain(method) && !isCoroutine(method));
        return known;
    }
}
