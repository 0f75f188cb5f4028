using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Coroutines.Analyzers.Flow;

/// <summary>
/// Follows a set of facts along every path of a function: what may hold where an operation is reached. Subclasses say what an operation adds
/// and removes, and look at the facts on the way.
/// </summary>
/// <remarks>
/// A <c>finally</c> block is followed once for each way into it, because facts of a path that fails must not reach the code after a path that
/// does not. Any operation may throw.
/// </remarks>
internal abstract class ForwardAnalysis<TFact>(ControlFlowGraph graph, IEqualityComparer<TFact> comparer)
{
    private readonly Dictionary<Place, ImmutableHashSet<TFact>> _known = [];
    private readonly Queue<Place> _changed = new();

    protected ControlFlowGraph Graph => graph;

    public void Run()
    {
        Reach(graph.Blocks[0], continuation: null, ImmutableHashSet.Create(comparer));
        while (_changed.Count > 0)
            Follow(_changed.Dequeue());
    }

    /// <summary>The facts after an operation. Comes here again for the same operation when more facts may hold before it.</summary>
    protected abstract ImmutableHashSet<TFact> Evaluate(IOperation operation, ImmutableHashSet<TFact> facts);

    /// <summary>Whether the operation can fail, so that the facts before and after it hold where its exception goes.</summary>
    protected virtual bool MayFail(IOperation operation) => true;

    /// <summary>A branch is about to be taken, before any <c>finally</c> on its way.</summary>
    protected virtual void Branch(ControlFlowBranch branch, ImmutableHashSet<TFact> facts)
    {
    }

    private void Reach(BasicBlock block, Continuation? continuation, ImmutableHashSet<TFact> facts)
    {
        var place = new Place(block, continuation);
        if (!_known.TryGetValue(place, out var known))
            _known[place] = facts;
        else if (facts.IsSubsetOf(known))
            return;
        else
            _known[place] = known.Union(facts);
        _changed.Enqueue(place);
    }

    private void Follow(Place place)
    {
        var facts = _known[place];
        bool mayFail = false;
        foreach (IOperation value in FlowGraphs.Values(place.Block))
        {
            foreach (IOperation operation in FlowGraphs.Evaluation(value))
            {
                var after = Evaluate(operation, facts);
                mayFail |= MayFail(operation);
                if (after == facts)
                    continue;
                if (mayFail)
                    Throw(place.Block.EnclosingRegion, facts, place.Continuation);
                facts = after;
                mayFail = MayFail(operation);
            }
        }

        if (mayFail || place.Block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
            Throw(place.Block.EnclosingRegion, facts, place.Continuation);
        bool? jumps = Jumps(place.Block);
        if (jumps != true)
            Take(place.Block.FallThroughSuccessor, 0, facts, place.Continuation);
        if (jumps != false)
            Take(place.Block.ConditionalSuccessor, 0, facts, place.Continuation);
    }

    /// <summary>Which way a constant condition goes, as in <c>while (true)</c>; null where it may go either way.</summary>
    private static bool? Jumps(BasicBlock block) => block.BranchValue?.ConstantValue is { HasValue: true, Value: bool value } && block.ConditionKind != ControlFlowConditionKind.None
        ? value == (block.ConditionKind == ControlFlowConditionKind.WhenTrue)
        : null;

    private void Take(ControlFlowBranch? branch, int finallyBlocks, ImmutableHashSet<TFact> facts, Continuation? continuation)
    {
        if (branch is null)
            return;
        if (finallyBlocks == 0)
            Branch(branch, facts);
        if (branch.FinallyRegions.Length > finallyBlocks)
            Reach(First(branch.FinallyRegions[finallyBlocks]), new Continuation(branch, finallyBlocks + 1, null, continuation), facts);
        else if (branch.Destination is { } destination)
            Reach(destination, continuation, facts);
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling && continuation is { Branch: { } suspended })
            Take(suspended, continuation.FinallyBlocks, facts, continuation.Outer);
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling && continuation is { Unwound: { } unwound })
            Throw(unwound, facts, continuation.Outer);
    }

    /// <summary>An exception leaves the code of a region: to the handlers around it, and through the <c>finally</c> blocks before them.</summary>
    private void Throw(ControlFlowRegion? region, ImmutableHashSet<TFact> facts, Continuation? continuation)
    {
        // Beyond the root of a lambda's graph are the regions of the function around it.
        for (; region != graph.Root && region is { EnclosingRegion: { } around }; region = around)
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
                continuation = continuation?.Outer;
            if (region.Kind != ControlFlowRegionKind.Try)
                continue;

            foreach (ControlFlowRegion handler in around.NestedRegions.Skip(1))
            {
                if (handler.Kind == ControlFlowRegionKind.Finally)
                {
                    Reach(First(handler), new Continuation(null, 0, around, continuation), facts);
                    return;
                }

                Reach(First(handler), continuation, facts);
                if (handler is { Kind: ControlFlowRegionKind.Catch, ExceptionType.SpecialType: SpecialType.System_Object })
                    return;
            }
        }
    }

    private BasicBlock First(ControlFlowRegion region) => graph.Blocks[region.FirstBlockOrdinal];

    private readonly struct Place(BasicBlock block, Continuation? continuation) : IEquatable<Place>
    {
        public BasicBlock Block { get; } = block;

        public Continuation? Continuation { get; } = continuation;

        public bool Equals(Place other) => Block == other.Block && Equals(Continuation, other.Continuation);

        public override bool Equals(object? obj) => obj is Place other && Equals(other);

        public override int GetHashCode() => Block.Ordinal;
    }

    /// <summary>Where a <c>finally</c> block goes on: with the branch that led through it, or with the exception that unwinds <see cref="Unwound"/>.</summary>
    private sealed class Continuation(ControlFlowBranch? branch, int finallyBlocks, ControlFlowRegion? unwound, Continuation? outer) : IEquatable<Continuation>
    {
        public ControlFlowBranch? Branch { get; } = branch;

        public int FinallyBlocks { get; } = finallyBlocks;

        public ControlFlowRegion? Unwound { get; } = unwound;

        public Continuation? Outer { get; } = outer;

        public bool Equals(Continuation? other) =>
            other is not null && Branch == other.Branch && FinallyBlocks == other.FinallyBlocks && Unwound == other.Unwound && Equals(Outer, other.Outer);

        public override bool Equals(object? obj) => Equals(obj as Continuation);

        public override int GetHashCode() => FinallyBlocks;
    }
}
