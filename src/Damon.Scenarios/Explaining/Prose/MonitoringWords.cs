using System.Collections.Immutable;
using Damon.Damo.Document;
using Damon.Damo.Staging;

namespace Damon.Scenarios.Explaining.Prose;

/// <summary>Says what a context watches.</summary>
internal static class MonitoringWords
{
    /// <summary>One sentence.</summary>
    public static string Summary(ConfiguredContext context)
    {
        StagedContext staged = context.Staged;
        string verb = staged.Pause ? "is paused; it would watch" : "watches";
        return $"{verb} {Watched(context)}, samples every {Amounts.Microseconds(staged.SampleUs)}, "
            + $"aggregates every {Amounts.Microseconds(staged.AggrUs)}{(context.TunesIntervals ? Tuning(staged.IntervalsGoal) : "")}, "
            + $"{staged.MinNrRegions}..{staged.MaxNrRegions} regions";
    }

    /// <summary>The kernel's numbers.</summary>
    public static ImmutableArray<ExplainedNumber> Numbers(ConfiguredContext context)
    {
        StagedContext staged = context.Staged;
        ulong bytes = context.Ranges.Aggregate(0UL, (sum, range) => unchecked(sum + range.End - range.Start));
        string samples = Amounts.Count(context.MaxSamples, "sample");
        string update = context.IsPhysical ? "nothing to update for physical addresses" : "the processes' mappings are read anew";
        List<ExplainedNumber> numbers =
        [
            new("sample_us", $"{staged.SampleUs} us", $"{samples} in an aggregation: the most accesses a region can count"),
            new("aggr_us", $"{staged.AggrUs} us", $"ages are counted in these: age 10 is {Amounts.Microseconds(10 * staged.AggrUs)}"),
            new("update_us", $"{staged.UpdateUs} us", update),
        ];
        if (staged.MinNrRegions > 0 && bytes > 0)
        {
            string largest = Amounts.Bytes(bytes / staged.MinNrRegions);
            numbers.Add(new("nr_regions", $"{staged.MinNrRegions}..{staged.MaxNrRegions}", $"no region is larger than about {largest}"));
        }

        if (context.TunesIntervals)
        {
            numbers.Add(new(
                "intervals_goal",
                $"{staged.IntervalsGoal.AccessBp} bp in {Amounts.Count(staged.IntervalsGoal.Aggrs, "aggregation")}",
                $"tuned every {Amounts.Count(context.SamplesPerTuning, "sample")}: "
                    + $"{Amounts.Microseconds(context.SamplesPerTuning * staged.SampleUs)} at first"));
        }

        return [.. numbers];
    }

    private static string Tuning(StagedIntervalsGoal goal) =>
        $", tunes both intervals every {Amounts.Count(goal.Aggrs, "aggregation")} "
        + $"until {Amounts.BasisPoints(goal.AccessBp)} of the most possible accesses are seen "
        + $"(sampling {Amounts.Microseconds(goal.MinSampleUs)}..{Amounts.Microseconds(goal.MaxSampleUs)})";

    private static string Watched(ConfiguredContext context)
    {
        if (!context.IsPhysical)
        {
            string kind = context.Staged.Operations == Operations.Fvaddr ? "fixed ranges of the address spaces" : "the address spaces";
            // Processes and cgroups that damo's language has no words for are named by the scenario.
            return context.Staged.Targets.All(target => target.Pid is not null)
                ? $"{kind} of processes {string.Join(", ", context.Staged.Targets.Select(target => target.Pid))}"
                : $"{kind} of what vaddr-targets of the scenario names";
        }

        StagedRange[] ranges = [.. context.Ranges];
        if (ranges.Length == 0) return "no memory";
        string where = string.Join(", ", ranges.Select(range => $"{Amounts.Bytes(range.Start)}..{Amounts.Bytes(range.End)}"));
        IReadOnlyList<int> nodes = context.Nodes;
        return nodes.Count == 0
            ? $"addresses that the machine does not have ({where})"
            : $"{(nodes.Count == 1 ? "node" : "nodes")} {string.Join(" and ", nodes)} ({where})";
    }
}
