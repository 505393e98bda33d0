using Damon.Store.Runs;

namespace Damon.Store.Nodes;

/// <summary>A live worker of some code, as a quota counts it.</summary>
/// <param name="Incarnation">This life of the worker.</param>
/// <param name="Capacity">Most shards that it holds at once.</param>
/// <param name="Only">The only run that it computes; null: any.</param>
/// <param name="Refused">Runs that it does not compute.</param>
internal sealed record QuotaNode(Incarnation Incarnation, int Capacity, RunId? Only, IReadOnlySet<RunId> Refused)
{
    public bool Computes(RunId run) => (Only is null || Only == run) && !Refused.Contains(run);
}

/// <summary>How many shards each worker should hold.</summary>
public static class Quota
{
    /// <summary>
    /// The smallest number of shards per worker with which all shards are held: shards / workers, rounded up, when every worker
    /// has room for that; more when small ones leave some over; the largest capacity when there is not room for all.
    /// </summary>
    /// <param name="shards">Number of shards to hold.</param>
    /// <param name="capacities">What each live worker has room for.</param>
    public static int Each(int shards, IEnumerable<int> capacities)
    {
        int[] ascending = [.. capacities.Order()];
        int rest = shards;
        for (int i = 0; i < ascending.Length; i++)
        {
            int share = CeilDivide(rest, ascending.Length - i);
            if (ascending[i] >= share) return share;
            rest -= ascending[i];
        }

        return ascending.Length == 0 ? 0 : ascending[^1];
    }

    private static int CeilDivide(int value, int divisor) => (value + divisor - 1) / divisor;

    /// <summary>
    /// What one worker should hold of each run. Every worker works out the same plan: run after run, oldest first, among those that
    /// compute it, with what room the earlier runs leave them.
    /// </summary>
    /// <param name="worker">The worker.</param>
    /// <param name="nodes">All live workers of its code.</param>
    /// <param name="runs">The running runs of its code, with the number of their unfinished shards.</param>
    internal static IReadOnlyDictionary<RunId, int> Of(
        Incarnation worker, IReadOnlyList<QuotaNode> nodes, IEnumerable<(RunId Run, int Shards)> runs)
    {
        Dictionary<RunId, int> quota = [];
        int[] room = [.. nodes.Select(node => node.Capacity)];
        foreach ((RunId run, int shards) in runs.OrderBy(one => one.Run))
        {
            int each = Each(shards, nodes.Index().Where(node => node.Item.Computes(run)).Select(node => room[node.Index]));
            for (int i = 0; i < nodes.Count; i++)
            {
                if (!nodes[i].Computes(run)) continue;
                int share = Math.Min(each, room[i]);
                room[i] -= share;
                if (nodes[i].Incarnation == worker) quota.Add(run, share);
            }
        }

        return quota;
    }
}
