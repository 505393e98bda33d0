namespace Damon.Model.Schemes;

/// <summary>What a quota goal measures (spec 9); the names are those of DAMON's sysfs interface in camel case.</summary>
public enum GoalMetric
{
    /// <summary>A value that the user feeds.</summary>
    UserInput,

    /// <summary>Time that some task stalled on memory since the last look, microseconds.</summary>
    SomeMemPsiUs,

    /// <summary>Used memory of a node, basis points of the node.</summary>
    NodeMemUsedBp,

    /// <summary>Free memory of a node, basis points of the node.</summary>
    NodeMemFreeBp,

    /// <summary>LRU pages of a memory cgroup on a node, basis points of the node.</summary>
    NodeMemcgUsedBp,

    /// <summary>The node less those pages, basis points of the node.</summary>
    NodeMemcgFreeBp,

    /// <summary>Active LRU pages, basis points of all LRU pages.</summary>
    ActiveMemBp,

    /// <summary>Inactive LRU pages, basis points of all LRU pages.</summary>
    InactiveMemBp,

    /// <summary>Memory that fits the scheme's access pattern on a node, basis points of such memory anywhere.</summary>
    NodeEligibleMemBp,

    /// <summary>10,000 less that; in no mainline kernel: an extension.</summary>
    NodeIneligibleMemBp,
}
