namespace Coroutines.Generator.Tests.Harness;

/// <summary>What changed between two texts, line by line.</summary>
internal static class LineDiff
{
    /// <returns>All lines: common ones after a space, taken ones after a minus, new ones after a plus.</returns>
    public static IEnumerable<string> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        // The length of the longest common rest, from every pair of lines on.
        int[,] common = new int[before.Count + 1, after.Count + 1];
        for (int i = before.Count - 1; i >= 0; i--)
        {
            for (int j = after.Count - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        int taken = 0, added = 0;
        while (taken < before.Count || added < after.Count)
        {
            if (taken < before.Count && added < after.Count && before[taken] == after[added])
            {
                yield return "  " + before[taken++];
                added++;
            }
            else if (added == after.Count || (taken < before.Count && common[taken + 1, added] >= common[taken, added + 1]))
            {
                yield return "- " + before[taken++];
            }
            else
            {
                yield return "+ " + after[added++];
            }
        }
    }
}
