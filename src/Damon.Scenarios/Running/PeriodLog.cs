using System.Collections.Immutable;
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
            _fromUs, nextUs, _migrated - _migratedBefore, _lastMigrationUs, [.. plan.Followed.Select(process => Of(process, host))]));
        host.ForgetMoves();
        (_fromUs, _migratedBefore, _lastMigrationUs) = (nextUs, _migrated, null);
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
