using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Schemes;

/// <summary>
/// Steers one scheme to its goals: asks nodes, memcgs and the host for the metrics, and throttles the scheme (spec 9).
/// </summary>
public sealed class GoalTunerActor : Actor, IGoalMetrics,
    IRespond<TuneGoals, Throttle>,
    IRespond<CommitGoals, Done>,
    IRespond<FeedGoal, GoalFed>
{
    private readonly GoalTuner _tuner;
    private readonly HostMap _map;
    private readonly List<(ulong Start, ulong End)> _ranges = [];
    private TuneGoals _request;

    /// <summary>A tuner that has not looked at its goals yet.</summary>
    public GoalTunerActor(ImmutableArray<QuotaGoal> goals, HostMap map)
    {
        _tuner = new GoalTuner(goals);
        _map = map;
    }

    /// <inheritdoc/>
    ulong IGoalMetrics.SomeMemPsiTotalUs => _map.Host.Ask<ReadPsi, ulong>(default);

    /// <inheritdoc/>
    public Throttle Respond(in TuneGoals request)
    {
        _request = request;
        if (!_tuner.Goals.IsEmpty) _tuner.Tune(request.Tuner, request.SizeQuota, request.EffectiveSize, this);
        return new Throttle(_tuner.EffectiveSizeBp, _tuner.Score);
    }

    /// <inheritdoc/>
    public Done Respond(in CommitGoals request)
    {
        _tuner.Commit(request.Quota.Goals);
        return default;
    }

    /// <inheritdoc/>
    public GoalFed Respond(in FeedGoal request)
    {
        if ((uint)request.Goal >= (uint)_tuner.Goals.Length)
            return new GoalFed($"there is no goal {request.Goal}; the scheme has {_tuner.Goals.Length}");
        _tuner.Feed(request.Goal, request.Value);
        return default;
    }

    /// <inheritdoc/>
    ulong IGoalMetrics.Read(QuotaGoal goal) => goal.Metric switch
    {
        GoalMetric.NodeMemUsedBp => OfNode(goal, used: true),
        GoalMetric.NodeMemFreeBp => OfNode(goal, used: false),
        GoalMetric.NodeMemcgUsedBp => OfMemcg(goal, used: true),
        GoalMetric.NodeMemcgFreeBp => OfMemcg(goal, used: false),
        GoalMetric.ActiveMemBp => OfLru(active: true),
        GoalMetric.InactiveMemBp => OfLru(active: false),
        GoalMetric.NodeEligibleMemBp => Eligible(goal.Node) ?? 0,
        GoalMetric.NodeIneligibleMemBp => KernelArithmetic.WholeBp - Eligible(goal.Node) ?? 0,
        _ => throw new InvalidOperationException($"{goal.Metric} is not measured"),
    };

    private ulong OfNode(QuotaGoal goal, bool used)
    {
        if (_map.Node(goal.Node) is not { } node) return used ? 0 : KernelArithmetic.WholeBp;
        NodeUsage usage = node.Ask<ReadNodeUsage, NodeUsage>(default);
        ulong pages = used ? usage.Total - usage.Free : usage.Free;
        return KernelArithmetic.MultFrac(pages, KernelArithmetic.WholeBp, usage.Total);
    }

    private ulong OfMemcg(QuotaGoal goal, bool used)
    {
        if (_map.Node(goal.Node) is not { } node || _map.KnownMemcg(goal.Memcg) is not { } memcg)
            return used ? 0 : KernelArithmetic.WholeBp;
        ulong total = node.Ask<ReadNodeUsage, NodeUsage>(default).Total;
        ulong usedPages = memcg.Ask<ReadUsageOnNode, MemcgUsage>(new ReadUsageOnNode(goal.Node)).Lru;
        return KernelArithmetic.MultFrac(used ? usedPages : total - usedPages, KernelArithmetic.WholeBp, total);
    }

    private ulong OfLru(bool active)
    {
        ulong activePages = 0;
        ulong inactivePages = 0;
        foreach (NodeEntry node in _map.Nodes)
        {
            NodeUsage usage = node.Node.Ask<ReadNodeUsage, NodeUsage>(default);
            activePages += usage.ActiveLru;
            inactivePages += usage.InactiveLru;
        }

        ulong all = activePages + inactivePages;
        return all == 0 ? 0 : KernelArithmetic.MultFrac(active ? activePages : inactivePages, KernelArithmetic.WholeBp, all);
    }

    /// <summary>The node's share of the memory that fits the scheme's pattern; null when there is none.</summary>
    private ulong? Eligible(NodeId wanted)
    {
        ulong onNode = 0;
        ulong everywhere = 0;
        for (int i = 0; i < _map.Nodes.Count; i++)
        {
            NodeEntry node = _map.Nodes[i];
            CollectEligibleRanges(node);
            ulong bytes = node.Node.Ask<SumLruBytes, ulong>(new SumLruBytes(_ranges.ToArray()));
            everywhere += bytes;
            if (i == wanted.Value) onNode = bytes;
        }

        return everywhere == 0 ? null : KernelArithmetic.MultFrac(onNode, KernelArithmetic.WholeBp, everywhere);
    }

    private void CollectEligibleRanges(NodeEntry node)
    {
        _ranges.Clear();
        ulong unit = _request.Pass.AddrUnit;
        foreach (Target target in _request.Pass.Targets)
        {
            foreach (ref readonly Region region in target.Regions.Span)
            {
                ulong start = Math.Max(region.Start * unit, node.Start);
                ulong end = Math.Min(region.End * unit, node.End);
                if (start < end && _request.Pattern.Fits(region, _request.Pass.Window)) _ranges.Add((start, end));
            }
        }
    }
}
