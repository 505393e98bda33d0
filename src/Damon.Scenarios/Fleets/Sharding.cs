namespace Damon.Scenarios.Fleets;

/// <summary>
/// How members are dealt to shards: hosts in turn, so that each shard has some of every template; what belongs to all hosts has
/// shards of its own. The same on every machine.
/// </summary>
public sealed class Sharding
{
    /// <summary>The most shards of hosts.</summary>
    public const int MostShards = 1024;

    private readonly int _hosts;
    private readonly int _members;
    private readonly int _hostShards;

    /// <summary>Deals members out.</summary>
    /// <param name="hosts">How many hosts there are: the first members.</param>
    /// <param name="members">How many members there are.</param>
    /// <param name="most">How many shards hosts have at most, 1..<see cref="MostShards"/>; never more than hosts.</param>
    public Sharding(int hosts, int members, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostShards);
        (_hosts, _members, _hostShards) = (hosts, members, Math.Min(most, hosts));
    }

    /// <summary>How many shards there are.</summary>
    public int Count => _hostShards + _members - _hosts;

    /// <summary>The shard of a member.</summary>
    public int ShardOf(int member) => member < _hosts ? member % _hostShards : _hostShards + member - _hosts;

    /// <summary>The members of a shard, in order.</summary>
    public IEnumerable<int> Members(int shard)
    {
        if (shard >= _hostShards)
        {
            yield return _hosts + shard - _hostShards;
            yield break;
        }

        for (int member = shard; member < _hosts; member += _hostShards) yield return member;
    }
}
