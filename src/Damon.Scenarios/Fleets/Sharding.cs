namespace Damon.Scenarios.Fleets;

/// <summary>
/// How members are dealt to shards: in turn, so that each shard has some of every template, and as many as the others. The same on
/// every machine.
/// </summary>
public sealed class Sharding
{
    /// <summary>The most shards.</summary>
    public const int MostShards = 1024;

    private readonly int _members;

    /// <summary>Deals members out.</summary>
    /// <param name="members">How many members there are.</param>
    /// <param name="most">How many shards there are at most, 1..<see cref="MostShards"/>; never more than members.</param>
    public Sharding(int members, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostShards);
        (_members, Count) = (members, Math.Min(most, members));
    }

    /// <summary>How many shards there are.</summary>
    public int Count { get; }

    /// <summary>The shard of a member.</summary>
    public int ShardOf(int member) => member % Count;

    /// <summary>The members of a shard, in order.</summary>
    public IEnumerable<int> Members(int shard)
    {
        for (int member = shard; member < _members; member += Count) yield return member;
    }
}
