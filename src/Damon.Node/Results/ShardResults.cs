using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Results.Columns;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Results;

/// <summary>What the members of a shard reported in some windows.</summary>
/// <param name="Hosts">The hosts' readings.</param>
/// <param name="Fleet">Those of members that belong to all hosts.</param>
/// <param name="Ends">With the final window, the hosts' ends.</param>
internal sealed record ShardReadings(List<HostReadings> Hosts, List<FleetReadings> Fleet, List<HostEnd> Ends);

/// <summary>What the members of a shard have reported and nobody has stored yet.</summary>
/// <param name="run">The run: with its last window come the members' ends.</param>
/// <param name="shard">Which shard.</param>
/// <param name="members">The members.</param>
/// <param name="upTo">The window up to which all of it is stored.</param>
internal sealed class ShardResults(RunContext run, int shard, ImmutableArray<FleetMember> members, Window upTo)
{
    /// <summary>The window up to which somebody has taken them.</summary>
    public Window TakenTo { get; private set; } = upTo;

    /// <summary>The chunks of the windows up to one, as far as nobody has taken them.</summary>
    public IReadOnlyList<ResultChunk> Take(Window to)
    {
        List<ResultChunk> chunks = [];
        if (to <= TakenTo) return chunks;
        List<HostEnd> ends = to == run.Run.FinalWindow && !members.IsEmpty ? End(chunks, to) : [];
        ShardReadings readings = new(TakeReadings(), TakeFleetReadings(), ends);
        if (readings.Hosts.Count > 0) chunks.Add(ToChunk(ReadingChunk.Table, TakenTo.Next, to, ReadingChunk.Write(readings.Hosts)));
        if (readings.Fleet.Count > 0) chunks.Add(ToChunk(FleetChunk.Table, TakenTo.Next, to, FleetChunk.Write(readings.Fleet)));
        run.Own?.Add(run, shard, TakenTo.Next, to, readings);
        TakenTo = to;
        return chunks;
    }

    /// <summary>All up to a window is stored, by a node before this one.</summary>
    public void Forget(Window to)
    {
        TakeReadings();
        TakeFleetReadings();
        TakenTo = to;
    }

    private List<HostEnd> End(List<ResultChunk> chunks, Window final)
    {
        List<HostEnd> hosts = [];
        var ends = ImmutableArray.CreateBuilder<MemberEnd>(members.Length);
        foreach (FleetMember member in members)
        {
            ulong? state;
            if (member is HostMember host)
            {
                HostEnd end = new(host.Index, host.End());
                hosts.Add(end);
                state = end.Ending.StateHash;
            }
            else
            {
                state = member.StateHash;
            }

            ends.Add(new MemberEnd(member.Index, state, member.ResultsHash.Value));
        }

        chunks.Add(ToChunk(MemberEnd.Table, final, final, MemberEnd.Write(ends.MoveToImmutable())));
        if (hosts.Count == 0) return hosts;
        chunks.Add(ToChunk(EndingChunk.Table, final, final, EndingChunk.Write(hosts)));
        return hosts;
    }

    /// <summary>What hosts reported and nobody has taken.</summary>
    public List<HostReadings> TakeReadings()
    {
        List<HostReadings> readings = [];
        foreach (FleetMember member in members)
        {
            if (member is HostMember host && host.TakeReadings() is { IsEmpty: false } taken) readings.Add(new HostReadings(host.Index, taken));
        }

        return readings;
    }

    private List<FleetReadings> TakeFleetReadings()
    {
        List<FleetReadings> readings = [];
        foreach (FleetMember member in members)
        {
            if (member is FleetActor actor && actor.TakeReadings() is { IsEmpty: false } taken) readings.Add(new FleetReadings(actor.Index, taken));
        }

        return readings;
    }

    private static ResultChunk ToChunk(string table, Window first, Window last, byte[] bytes) =>
        new(table, first, last, new Digest(default(RunningHash).Add(bytes).Value), bytes);
}
