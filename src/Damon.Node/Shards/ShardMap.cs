using System.Collections.Immutable;
using Damon.Scenarios.Fleets;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>Which member of a fleet is in which shard of a stored run; shards beyond those that the fleet needs are empty.</summary>
internal sealed class ShardMap
{
    // Several shards a worker even on large clusters, yet few enough for one commit each window.
    private const int MembersPerShard = 8;

    // So two, three, four or six workers have as many each: they wait for each other at every barrier.
    private const int DealtEvenly = 12;

    private readonly Sharding _sharding;

    /// <summary>Deals out the members of a fleet.</summary>
    public ShardMap(Fleet fleet)
    {
        int wanted = (fleet.Count + MembersPerShard - 1) / MembersPerShard;
        int even = (wanted + DealtEvenly - 1) / DealtEvenly * DealtEvenly;
        int most = wanted <= RunSubmission.MinShards ? RunSubmission.MinShards : Math.Min(even, RunSubmission.MaxShards);
        _sharding = fleet.Shards(most);
        Count = Math.Max(_sharding.Count, RunSubmission.MinShards);
    }

    /// <summary>Number of shards.</summary>
    public int Count { get; }

    /// <summary>The shard of a member.</summary>
    public int ShardOf(int member) => _sharding.ShardOf(member);

    /// <summary>The members of a shard, ascending; none when the fleet needs fewer shards.</summary>
    public ImmutableArray<int> MembersOf(int shard) => shard < _sharding.Count ? [.. _sharding.Members(shard)] : [];

    /// <summary>Packs mail, one packet a destination, in the order of destinations.</summary>
    public IReadOnlyList<MailPacket> Pack(IReadOnlyList<FleetMail> sent) => sent.Count == 0
        ? []
        : [.. sent.GroupBy(mail => ShardOf(mail.To)).OrderBy(group => group.Key).Select(group => new MailPacket(group.Key, MailCodec.Encode([.. group])))];
}
