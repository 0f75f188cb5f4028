using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>What only a look at all coroutines can tell of one.</summary>
/// <param name="FrameVisibility">The accessibility with which the frame is declared.</param>
/// <param name="Generated">For each callee: it has a factory.</param>
/// <param name="Inline">For each callee: its frame may be a field of this frame.</param>
public sealed record CoroutinePlan(string Id, Visibility FrameVisibility, EquatableArray<bool> Generated, EquatableArray<bool> Inline);

/// <summary>A coroutine with its plan: all that its source file is made from.</summary>
public sealed record PlannedCoroutine(CoroutineModel Model, CoroutinePlan Plan);

/// <summary>The plans of a compilation, in ordinal order of their ids.</summary>
/// <param name="Bytes">The estimated size of each frame. Not in the plans: no generated text depends on it.</param>
public sealed record CoroutinePlans(EquatableArray<CoroutinePlan> All, EquatableArray<int> Bytes)
{
    public CoroutinePlan? Find(string id) => IndexOf(id) is >= 0 and var index ? All[index] : null;

    public int BytesOf(string id) => IndexOf(id) is >= 0 and var index ? Bytes[index] : 0;

    private int IndexOf(string id)
    {
        int low = 0, high = All.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(All[middle].Id, id);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }
}
