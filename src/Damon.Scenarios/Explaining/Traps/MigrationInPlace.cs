using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>A migration to the node on which the watched memory is, or to no node (spec 10).</summary>
internal sealed class MigrationInPlace : ITrap
{
    private const string Why = "a page that is on the node already is not moved, but the quota is charged for it as for any other";

    public string Name => "migration in place";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        configuration.Schemes.Where(scheme => scheme.IsMigration && scheme.Context.IsPhysical).Select(Find).OfType<Finding>();

    private Finding? Find(ConfiguredScheme scheme)
    {
        string action = Keywords.Actions.Word(scheme.Staged.Action);
        if (scheme.TargetNode is not { } target)
        {
            return new Finding(
                Name,
                scheme.Place,
                "it names no node to migrate to, so nothing is moved",
                "physical address monitoring takes one node as target and looks at no weighted destinations",
                $"--damos_action {action}",
                $"--damos_action {action} NODE");
        }

        IReadOnlyList<int> watched = scheme.Context.Nodes;
        if (!watched.Contains(target)) return null;
        if (watched.Count == 1)
        {
            return new Finding(
                Name,
                scheme.Place,
                $"it migrates to node {target}, which is the only one that its kdamond watches: nothing is moved",
                Why,
                $"--damos_action {action} {target}",
                $"--numa_node of the node that memory is to leave, instead of {target}");
        }

        bool looksAtAddresses = scheme.Staged.CoreFilters.Any(filter => filter.Type == FilterType.Addr);
        return scheme.HasQuota && !looksAtAddresses ? ChargedForNothing(scheme, target) : null;
    }

    private Finding ChargedForNothing(ConfiguredScheme scheme, int target)
    {
        IEnumerable<RamRange> there = scheme.Machine.Ram.Ranges.Where(range => range.Node == target);
        IEnumerable<StagedFilter> filters = there.Select(range =>
            new StagedFilter(FilterType.Addr, Matching: true, Allow: false, null, new StagedRange(range.Start, range.End), null));
        return new Finding(
            Name,
            scheme.Place,
            $"memory that is on node {target} already uses up the quota without being moved",
            Why,
            "",
            Filters.FilterWords.Options(filters));
    }
}
