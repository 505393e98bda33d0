namespace Damon.Scenarios.Fleets;

/// <summary>
/// How members are dealt to shards: as many hosts to each, and hosts that follow each other far apart, so that shards that follow each
/// other, which a worker takes together, have some of every template. What belongs to all hosts is in one shard, like one host more:
/// all hosts write to all of that in most windows, and so a shard has one packet of mail for it. The same on every machine.
/// </summary>
public sealed class Sharding
{
    /// <summary>The most shards.</summary>
    public const int MostShards = 1024;

    // Steps of the golden ratio leave no part of a circle out for long.
    private const double GoldenRatio = 0.6180339887498949;

    private readonly int _hosts;
    private readonly int _ofAll;
    private readonly int _step;
    private readonly int _back;

    /// <summary>Deals members out.</summary>
    /// <param name="hosts">How many hosts there are: the first members.</param>
    /// <param name="ofAll">How many members there are behind them.</param>
    /// <param name="most">How many shards there are at most, 1..<see cref="MostShards"/>; none is empty.</param>
    public Sharding(int hosts, int ofAll, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostShards);
        (_hosts, _ofAll, Count) = (hosts, ofAll, Math.Min(most, hosts + Math.Min(ofAll, 1)));
        _step = Math.Max(1, (int)(Count * GoldenRatio));
        while ((_back = BackFrom(_step)) < 0) _step++;
    }

    /// <summary>How many shards there are.</summary>
    public int Count { get; }

    // How many steps lead to the shard behind the first one; -1: steps of this length do not come to each shard.
    private int BackFrom(int step) => Enumerable.Range(0, Count).FirstOrDefault(steps => steps * step % Count == 1 % Count, -1);

    /// <summary>The shard of a member.</summary>
    public int ShardOf(int member) => Math.Min(member, _hosts) % Count * _step % Count;

    /// <summary>The members of a shard, in order.</summary>
    public IEnumerable<int> Members(int shard)
    {
        int next = shard * _back % Count;
        for (; next < _hosts; next += Count) yield return next;
        if (next != _hosts) yield break;
        for (int i = 0; i < _ofAll; i++) yield return _hosts + i;
    }
}
