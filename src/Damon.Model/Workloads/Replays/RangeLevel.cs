namespace Damon.Model.Workloads.Replays;

/// <summary>
/// One level of a tree over time: node n holds the pages that are accessed at all in windows [n * 2^level, (n + 1) * 2^level), as
/// ascending ranges.
/// </summary>
/// <param name="offsets">By node, its first range; one more at the end.</param>
/// <param name="ranges">The ranges of all nodes.</param>
internal sealed class RangeLevel(int[] offsets, AccessedPages[] ranges)
{
    /// <summary>The number of nodes.</summary>
    public int Count => offsets.Length - 1;

    /// <summary>The ranges of a node.</summary>
    public ReadOnlySpan<AccessedPages> Of(int node) => ranges.AsSpan(offsets[node]..offsets[node + 1]);

    /// <summary>How many samples a node's range of a page has; 0: the page is in none.</summary>
    public uint SamplesOf(int node, uint page)
    {
        int low = offsets[node];
        int high = offsets[node + 1] - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (page < ranges[middle].First) high = middle - 1;
            else if (page >= ranges[middle].End) low = middle + 1;
            else return ranges[middle].Samples;
        }
        return 0;
    }

    /// <summary>The level above: two nodes each become one.</summary>
    public RangeLevel Above()
    {
        int[] above = new int[((Count + 1) / 2) + 1];
        List<AccessedPages> joined = [];
        for (int node = 0; node < Count; node += 2)
        {
            Join(Of(node), node + 1 < Count ? Of(node + 1) : [], joined);
            above[(node / 2) + 1] = joined.Count;
        }
        return new RangeLevel(above, [.. joined]);
    }

    private static void Join(ReadOnlySpan<AccessedPages> left, ReadOnlySpan<AccessedPages> right, List<AccessedPages> joined)
    {
        int begin = joined.Count;
        while (left.Length + right.Length > 0)
        {
            bool takesLeft = right.IsEmpty || (!left.IsEmpty && left[0].First <= right[0].First);
            AccessedPages next = takesLeft ? left[0] : right[0];
            if (takesLeft) left = left[1..];
            else right = right[1..];
            if (joined.Count > begin && next.First <= joined[^1].End)
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, next.End) };
            else
                joined.Add(next with { Samples = 1 });
        }
    }
}
