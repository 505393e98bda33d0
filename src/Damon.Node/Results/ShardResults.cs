using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Results.Columns;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Results;

/// <summary>What the members of a shard have reported and nobody has stored yet.</summary>
/// <param name="members">The members.</param>
/// <param name="upTo">The window up to which all of it is stored.</param>
/// <param name="final">The run's last window: with it come the members' ends.</param>
internal sealed class ShardResults(ImmutableArray<FleetMember> members, Window upTo, Window final)
{
    private readonly List<ResultChunk> _pending = [];
    private Window _taken = upTo;

    /// <summary>The chunks of the windows up to one that are not stored; asking again gives them again, and what came since.</summary>
    public IReadOnlyList<ResultChunk> Chunks(Window to)
    {
        if (to > _taken)
        {
            if (to == final && !members.IsEmpty) End();
            List<HostReadings> readings = TakeReadings();
            if (readings.Count > 0) _pending.Add(ToChunk(readings, _taken.Next, to));
            if (TakeFleetReadings() is { Count: > 0 } fleet) _pending.Add(ToChunk(fleet, _taken.Next, to));
            _taken = to;
        }

        return [.. _pending];
    }

    /// <summary>All up to a window is stored, by this node or by one before it.</summary>
    public void Clear(Window to)
    {
        TakeReadings();
        TakeFleetReadings();
        _pending.Clear();
        _taken = to;
    }

    private void End()
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

        _pending.Add(MemberEnd.ToChunk(ends.MoveToImmutable(), final));
        if (hosts.Count == 0) return;
        byte[] bytes = EndingChunk.Write(hosts);
        _pending.Add(new ResultChunk(EndingChunk.Table, final, final, new Digest(default(RunningHash).Add(bytes).Value), bytes));
    }

    private List<HostReadings> TakeReadings()
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

    private static ResultChunk ToChunk(List<FleetReadings> readings, Window first, Window last)
    {
        byte[] bytes = FleetChunk.Write(readings);
        return new ResultChunk(FleetChunk.Table, first, last, new Digest(default(RunningHash).Add(bytes).Value), bytes);
    }

    private static ResultChunk ToChunk(List<HostReadings> readings, Window first, Window last)
    {
        RunningHash hash = default;
        foreach (HostReadings host in readings)
        {
            foreach (HostSample sample in host.Samples) hash = hash.Add(sample);
        }

        return new ResultChunk(ReadingChunk.Table, first, last, new Digest(hash.Value), ReadingChunk.Write(readings));
    }
}
