using Damon.Model.Workloads;

namespace Damon.Model.Costs;

/// <summary>
/// How many frames of each access rule's pages are on each node, and how many of them 2 MiB folios map, kept up to date page by page: a step for a page's segment
/// and one for each strided rule.
/// </summary>
public sealed class RuleResidency
{
    private readonly RuleSegments _segments;
    private readonly int _nodes;
    private readonly long[] _bySegment;
    private readonly long[] _byStrided;
    private readonly long[] _hugeBySegment;
    private readonly long[] _hugeByStrided;

    /// <summary>Nothing is resident yet.</summary>
    /// <param name="segments">The pages of the process, cut by its rules.</param>
    /// <param name="nodes">The number of nodes.</param>
    public RuleResidency(RuleSegments segments, int nodes)
    {
        _segments = segments;
        _nodes = nodes;
        _bySegment = new long[segments.Count * nodes];
        _byStrided = new long[segments.StridedCount * nodes];
        _hugeBySegment = new long[segments.Count];
        _hugeByStrided = new long[segments.StridedCount];
    }

    /// <summary>A page comes to a node, or leaves it.</summary>
    /// <param name="page">The page, counted from the process's first.</param>
    /// <param name="node">The node's index.</param>
    /// <param name="frames">Its frames; negative when it leaves.</param>
    public void Add(uint page, int node, long frames) => Add(_bySegment, _byStrided, page, _nodes, node, frames);

    /// <summary>A page comes to be mapped by a 2 MiB folio, or is not any more.</summary>
    /// <param name="page">The page, counted from the process's first.</param>
    /// <param name="frames">Its frames; negative when it is not any more.</param>
    public void AddHuge(uint page, long frames) => Add(_hugeBySegment, _hugeByStrided, page, 1, 0, frames);

    /// <summary>The frames of a rule's pages on a node.</summary>
    /// <param name="rule">The rule's index.</param>
    /// <param name="node">The node's index.</param>
    public long FramesOf(int rule, int node) => Sum(_bySegment, _byStrided, rule, _nodes, node);

    /// <summary>The frames of a rule's pages that 2 MiB folios map, on all nodes.</summary>
    /// <param name="rule">The rule's index.</param>
    public long HugeFramesOf(int rule) => Sum(_hugeBySegment, _hugeByStrided, rule, 1, 0);

    /// <summary>All frames that 2 MiB folios map, whether a rule is for them or not.</summary>
    public long HugeFrames
    {
        get
        {
            long frames = 0;
            foreach (long some in _hugeBySegment) frames += some;
            return frames;
        }
    }

    /// <summary>All resident frames on a node, whether a rule is for them or not.</summary>
    /// <param name="node">The node's index.</param>
    public long FramesOn(int node)
    {
        long frames = 0;
        for (int segment = 0; segment < _segments.Count; segment++) frames += _bySegment[(segment * _nodes) + node];
        return frames;
    }

    private void Add(long[] bySegment, long[] byStrided, uint page, int columns, int column, long frames)
    {
        bySegment[(_segments.Find(page) * columns) + column] += frames;
        for (int i = 0; i < _segments.StridedCount; i++)
            if (_segments.StridedHas(i, page))
                byStrided[(i * columns) + column] += frames;
    }

    private long Sum(long[] bySegment, long[] byStrided, int rule, int columns, int column)
    {
        long frames = 0;
        (int first, int end) = _segments.SegmentsOf(rule);
        for (int segment = first; segment < end; segment++) frames += bySegment[(segment * columns) + column];
        for (int i = 0; i < _segments.StridedCount; i++)
            if (_segments.StridedRule(i) == rule)
                frames += byStrided[(i * columns) + column];
        return frames;
    }
}
