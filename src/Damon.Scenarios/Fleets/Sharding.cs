namespace Damon.Scenarios.Fleets;

/// <summary>
/// How members are dealt to shards: as many to each, and members that follow each other far apart, so that shards that follow each
/// other, which a worker takes together, have some of every template. The same on every machine.
/// </summary>
public sealed class Sharding
{
    /// <summary>The most shards.</summary>
    public const int MostShards = 1024;

    // Steps of the golden ratio leave no part of a circle out for long.
    private const double GoldenRatio = 0.6180339887498949;

    private readonly int _members;
    private readonly int _step;
    private readonly int _back;

    /// <summary>Deals members out.</summary>
    /// <param name="members">How many members there are.</param>
    /// <param name="most">How many shards there are at most, 1..<see cref="MostShards"/>; never more than members.</param>
    public Sharding(int members, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostShards);
        (_members, Count) = (members, Math.Min(most, members));
        _step = Math.Max(1, (int)(Count * GoldenRatio));
        while ((_back = BackFrom(_step)) < 0) _step++;
    }

    /// <summary>How many shards there are.</summary>
    public int Count { get; }

    // How many steps lead to the shard behind the first one; -1: steps of this length do not come to each shard.
    private int BackFrom(int step) => Enumerable.Range(0, Count).FirstOrDefault(steps => steps * step % Count == 1 % Count, -1);

    /// <summary>The shard of a member.</summary>
    public int ShardOf(int member) => member % Count * _step % Count;

    /// <summary>The members of a shard, in order.</summary>
    public IEnumerable<int> Members(int shard)
    {
        for (int member = shard * _back % Count; member < _members; member += Count) yield return member;
    }
}
