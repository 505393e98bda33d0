using System.Collections.Immutable;
using Damon.Scenarios.Fleets;
using Damon.Store;

namespace Damon.Node.Shards;

/// <summary>
/// A running hash over a shard's windows: of each window the mail sent in it and the results so far of each member. Two
/// computations of a shard that part in any window differ from there on.
/// </summary>
/// <param name="Hash">The hash.</param>
internal readonly record struct ShardDigest(RunningHash Hash)
{
    /// <summary>As the store keeps it.</summary>
    public Digest Value => new(Hash.Value);

    /// <summary>The digest one window later.</summary>
    public ShardDigest After(Window window, IReadOnlyList<FleetMail> sent, ImmutableArray<FleetMember> members)
    {
        RunningHash hash = Hash.Add((ulong)window.Number);
        if (sent.Count > 0) hash = hash.Add(MailCodec.Digest(MailCodec.Encode(sent)));
        foreach (FleetMember member in members) hash = hash.Add(member.ResultsHash.Value);
        return new ShardDigest(hash);
    }
}
