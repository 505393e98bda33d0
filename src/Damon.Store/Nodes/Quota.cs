namespace Damon.Store.Nodes;

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
}
