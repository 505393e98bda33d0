using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Actors;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>
/// Another engine than the one in a process: runs a fleet shard by shard in any order, sends mail as bytes and out of order, and
/// now and then forgets a member and makes it anew from bytes.
/// </summary>
internal sealed class ScatteredEngine(Fleet fleet, int mostShards, int seed)
{
    private readonly Random _random = new(seed);
    private readonly FleetMember[] _members = [.. Enumerable.Range(0, fleet.Count).Select(fleet.Member)];

    /// <summary>Called after each window with the members, all at its end.</summary>
    public Action<long, IReadOnlyList<FleetMember>>? AfterWindow { get; init; }

    /// <summary>The digest at the end.</summary>
    public string Run()
    {
        Sharding shards = fleet.Shards(mostShards);
        List<byte[]> mail = [];
        for (long window = 0; window < fleet.WindowCount; window++)
        {
            FleetMail[] delivered = [.. mail.SelectMany(bytes => MailCodec.Decode(bytes)).OrderBy(_ => _random.Next())];
            mail = [.. Enumerable.Range(0, shards.Count).OrderBy(_ => _random.Next()).Select(shard => RunShard(shards.Members(shard), window, delivered))];
            AfterWindow?.Invoke(window, _members);
            if (_random.Next(4) == 0) Forget(_random.Next(fleet.Count));
        }

        return FleetDigest.Of([.. _members.Select(member =>
        {
            ulong? state = member is HostMember host ? host.End().StateHash : member.StateHash;
            return new MemberDigest(member.Name, state, member.ResultsHash.Value);
        })]);
    }

    private byte[] RunShard(IEnumerable<int> members, long window, FleetMail[] delivered)
    {
        List<FleetMail> sent = [];
        foreach (int member in members) sent.AddRange(_members[member].RunWindow(window, [.. delivered.Where(mail => mail.To == member)], []));
        return MailCodec.Encode(sent);
    }

    private void Forget(int index)
    {
        FleetMember old = _members[index];
        if (old is HostMember read) read.TakeReadings();
        if (old is FleetActor actor) actor.TakeReadings();
        using MemoryStream bytes = new();
        old.Save(new BinaryWriter(bytes));
        bytes.Position = 0;
        FleetMember anew = fleet.Member(index);
        anew.Load(new BinaryReader(bytes));
        Assert.Equal(bytes.Length, bytes.Position);
        _members[index] = anew;
    }
}
