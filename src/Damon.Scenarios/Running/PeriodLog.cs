using System.Collections.Immutable;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Running;

/// <summary>Adds up what moves on a host between the changes to it.</summary>
/// <param name="plan">The host.</param>
internal sealed class PeriodLog(HostPlan plan)
{
    private readonly List<Period> _periods = [];
    private ulong _fromUs;
    private ulong _migratedBefore;
    private ulong _migrated;
    private ulong? _lastMigrationUs;
    private NodeTraffic _trafficBefore = new([.. plan.Settings.Nodes.Select(_ => 0UL)], 0);

    /// <summary>The periods that have ended.</summary>
    public ImmutableArray<Period> Periods => [.. _periods];

    /// <summary>When the period ends that is on, us: just before the next change; without followed processes there is none.</summary>
    public ulong NextEndUs => plan.Followed.IsEmpty ? ulong.MaxValue : plan.Changes.FirstOrDefault(at => at > _fromUs, ulong.MaxValue) - 1;

    /// <summary>Takes note of a reading.</summary>
    public void Read(HostSample sample)
    {
        ulong migrated = sample.Nodes.Aggregate(0UL, (sum, node) => sum + node.MigratedInBytes);
        if (migrated != _migrated) (_migrated, _lastMigrationUs) = (migrated, sample.AtUs);
    }

    /// <summary>Ends the period that is on.</summary>
    public void End(SimulatedHost host)
    {
        if (plan.Followed.IsEmpty) return;
        Read(host.Sample());
        ulong nextUs = plan.Changes.Contains(host.NowUs + 1) ? host.NowUs + 1 : host.NowUs;
        _periods.Add(new Period(
            _fromUs, nextUs, _migrated - _migratedBefore, _lastMigrationUs, [.. plan.Followed.Select(process => Of(process, host))], Nodes(host)));
        host.ForgetMoves();
        (_fromUs, _migratedBefore, _lastMigrationUs) = (nextUs, _migrated, null);
    }

    /// <summary>Writes what it knows.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_fromUs);
        writer.Write(_migratedBefore);
        writer.Write(_migrated);
        writer.Write(_lastMigrationUs ?? ulong.MaxValue);
        foreach (ulong bytes in _trafficBefore.Bytes) writer.Write(bytes);
        writer.Write(_trafficBefore.UntilUs);
        writer.Write7BitEncodedInt(_periods.Count);
        foreach (Period period in _periods)
        {
            writer.Write(period.FromUs);
            writer.Write(period.ToUs);
            writer.Write(period.MigratedBytes);
            writer.Write(period.LastMigrationUs ?? ulong.MaxValue);
            foreach (ProcessPeriod process in period.Processes) Save(writer, process);
            writer.Write7BitEncodedInt(period.Nodes.Length);
            foreach (NodePeriod node in period.Nodes) writer.Write(node.BytesPerSecond);
        }
    }

    /// <summary>Reads what <see cref="Save(BinaryWriter)"/> wrote.</summary>
    public void Load(BinaryReader reader)
    {
        _fromUs = reader.ReadUInt64();
        _migratedBefore = reader.ReadUInt64();
        _migrated = reader.ReadUInt64();
        _lastMigrationUs = LoadTime(reader);
        _trafficBefore = new NodeTraffic([.. plan.Settings.Nodes.Select(_ => reader.ReadUInt64())], reader.ReadUInt64());
        int count = reader.Read7BitEncodedInt();
        for (int i = 0; i < count; i++)
        {
            _periods.Add(new Period(
                reader.ReadUInt64(),
                reader.ReadUInt64(),
                reader.ReadUInt64(),
                LoadTime(reader),
                [.. plan.Followed.Select(process => Load(reader, process))],
                [.. Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(node => new NodePeriod(plan.Memory(node), reader.ReadDouble()))]));
        }
    }

    private static void Save(BinaryWriter writer, ProcessPeriod process)
    {
        writer.Write(process.MovedBytes);
        writer.Write(process.MovedFolios);
        writer.Write(process.MovedAgain);
        foreach (ulong bytes in process.HotBytesByNode) writer.Write(bytes);
        writer.Write7BitEncodedInt(process.Weights.Length);
        foreach (ulong weight in process.Weights) writer.Write(weight);
    }

    private ProcessPeriod Load(BinaryReader reader, FollowedProcess process) => new(
        process,
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        [.. plan.Settings.Nodes.Select(_ => reader.ReadUInt64())],
        [.. Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => reader.ReadUInt64())]);

    private static ulong? LoadTime(BinaryReader reader) => reader.ReadUInt64() is var us && us == ulong.MaxValue ? null : us;

    /// <summary>What moved from and to the nodes since the period began, by whole windows.</summary>
    private ImmutableArray<NodePeriod> Nodes(SimulatedHost host)
    {
        if (host.ReadTraffic() is not { } traffic || traffic.UntilUs == _trafficBefore.UntilUs) return [];
        double seconds = (traffic.UntilUs - _trafficBefore.UntilUs) / 1e6;
        ImmutableArray<NodePeriod> nodes =
            [.. traffic.Bytes.Select((bytes, node) => new NodePeriod(plan.Memory(node), (bytes - _trafficBefore.Bytes[node]) / seconds))];
        _trafficBefore = traffic;
        return nodes;
    }

    private ProcessPeriod Of(FollowedProcess process, SimulatedHost host)
    {
        ProcessMoves moves = host.Moves(process.Index);
        return new ProcessPeriod(
            process,
            moves.Moves * process.FolioBytes,
            moves.Folios,
            moves.MovedAgain,
            [.. host.FoliosByNode(process.Index, process.FirstHot, process.NrHot).Select(folios => folios * process.FolioBytes)],
            WeightsOf(process));
    }

    /// <summary>The destinations of the first scheme with some, in what was committed last to a kdamond that has the process as a target.</summary>
    private ImmutableArray<ulong> WeightsOf(FollowedProcess process)
    {
        for (int i = 0; i < plan.Settings.Kdamonds.Length; i++)
        {
            KdamondSettings kdamond = plan.Settings.Events.OfType<CommitEvent>()
                .LastOrDefault(commit => commit.Kdamond == i && commit.AtUs <= _fromUs)?.Settings ?? plan.Settings.Kdamonds[i];
            if (!kdamond.Targets.Any(target => target.Process == process.Name || target.Cgroup is not null)) continue;
            if (kdamond.Schemes.FirstOrDefault(scheme => !scheme.Destinations.IsEmpty) is { } dealing) return Weights(dealing);
        }

        return [];
    }

    private ImmutableArray<ulong> Weights(SchemeSettings scheme)
    {
        ulong[] weights = new ulong[plan.Settings.Nodes.Length];
        foreach (MigrationDestination destination in scheme.Destinations) weights[destination.Node.Value] = destination.Weight;
        return [.. weights];
    }
}
