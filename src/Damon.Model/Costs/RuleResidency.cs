using Damon.Model.Workloads;

namespace Damon.Model.Costs;

/// <summary>
/// How many frames of each access rule's pages are on each node, kept up to date page by page: a step for a page's segment
/// and one for each strided rule.
/// </summary>
public sealed class RuleResidency
{
    private readonly RuleSegments _segments;
    private readonly int _nodes;
    private readonly long[] _bySegment;
    private readonly long[] _byStrided;

    /// <summary>Nothing is resident yet.</summary>
    /// <param name="segments">The pages of the process, cut by its rules.</param>
    /// <param name="nodes">The number of nodes.</param>
    public RuleResidency(RuleSegments segments, int nodes)
    {
        _segments = segments;
        _nodes = nodes;
        _bySegment = new long[segments.Count * nodes];
        _byStrided = new long[segments.StridedCount * nodes];
    }

    /// <summary>A page comes to a node, or leaves it.</summary>
    /// <param name="page">The page, counted from the process's first.</param>
    /// <param name="node">The node's index.</param>
    /// <param name="frames">Its frames; negative when it leaves.</param>
    public void Add(uint page, int node, long frames)
    {
        _bySegment[(_segments.Find(page) * _nodes) + node] += frames;
        for (int i = 0; i < _segments.StridedCount; i++)
            if (_segments.StridedHas(i, page))
                _byStrided[(i * _nodes) + node] += frames;
    }

    /// <summary>The frames of a rule's pages on a node.</summary>
    /// <param name="rule">The rule's index.</param>
    /// <param name="node">The node's index.</param>
    public long FramesOf(int rule, int node)
    {
        long frames = 0;
        (int first, int end) = _segments.SegmentsOf(rule);
        for (int segment = first; segment < end; segment++) frames += _bySegment[(segment * _nodes) + node];
        for (int i = 0; i < _segments.StridedCount; i++)
            if (_segments.StridedRule(i) == rule)
                frames += _byStrided[(i * _nodes) + node];
        return frames;
    }

    /// <summary>All resident frames on a node, whether a rule is for them or not.</summary>
    /// <param name="node">The node's index.</param>
    public long FramesOn(int node)
    {
        long frames = 0;
        for (int segment = 0; segment < _segments.Count; segment++) frames += _bySegment[(segment * _nodes) + node];
        return frames;
    }
}
