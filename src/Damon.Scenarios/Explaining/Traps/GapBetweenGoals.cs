using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Prose;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>
/// A scheme that fills until a share is used and one that empties until a share is free, whose shares do not overlap: between
/// them both rest for ever, so hot memory that comes up on the other side is not exchanged for cold memory on this one.
/// </summary>
internal sealed class GapBetweenGoals : ITrap
{
    // The series' own configurations overlap by this much.
    private const ulong OverlapBp = 20;

    public string Name => "gap between goals";

    public IEnumerable<Finding> Find(Configuration configuration)
    {
        (ConfiguredScheme Scheme, StagedGoal Goal)[] goals =
            [.. configuration.Schemes.SelectMany(scheme => scheme.Staged.Quotas.Goals.Select(goal => (scheme, goal)))];
        foreach ((ConfiguredScheme filling, StagedGoal used) in goals)
        {
            if (Counterpart(used.Metric) is not { } metric) continue;
            foreach ((ConfiguredScheme emptying, StagedGoal free) in goals)
            {
                bool isPair = free.Metric == metric && free.Nid == used.Nid && SamePath(free, used) && emptying.Place != filling.Place;
                bool isShare = used.TargetValue <= 10_000 && free.TargetValue <= 10_000;
                if (isPair && isShare && used.TargetValue + free.TargetValue <= 10_000) yield return Gap(filling, used, emptying, free);
            }
        }
    }

    private Finding Gap(ConfiguredScheme filling, StagedGoal used, ConfiguredScheme emptying, StagedGoal free)
    {
        string place = used.Nid is { } node ? $" of node {node}" : "";
        string from = Amounts.BasisPoints(used.TargetValue), to = Amounts.BasisPoints(10_000 - free.TargetValue);
        ulong corrected = Math.Min(10_000, 10_000 - used.TargetValue + OverlapBp);
        return new Finding(
            Name,
            emptying.Place,
            used.TargetValue + free.TargetValue == 10_000
                ? $"{filling.Place} fills up to {from}{place} and this one empties down to the same: they never work together"
                : $"{filling.Place} fills up to {from}{place} and this one empties down to {to}: between the two neither works",
            "each goal rests its scheme once it is met, and hot memory is only exchanged for cold while both work, so the goals must "
                + "overlap a little",
            Words(free, free.TargetValue),
            Words(free, corrected));
    }

    private static QuotaGoalMetric? Counterpart(QuotaGoalMetric metric) => metric switch
    {
        QuotaGoalMetric.NodeMemUsedBp => QuotaGoalMetric.NodeMemFreeBp,
        QuotaGoalMetric.NodeMemcgUsedBp => QuotaGoalMetric.NodeMemcgFreeBp,
        QuotaGoalMetric.ActiveMemBp => QuotaGoalMetric.InactiveMemBp,
        _ => null,
    };

    private static bool SamePath(StagedGoal left, StagedGoal right) =>
        (left.MemcgPath is null && right.MemcgPath is null)
        || (left.MemcgPath is { } a && right.MemcgPath is { } b && CgroupPaths.Rooted(a) == CgroupPaths.Rooted(b));

    private static string Words(StagedGoal goal, ulong target) => GoalWords.Option(goal with { TargetValue = target });
}
