using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Staging;

/// <summary>Stages schemes; rates and ages are counted in the intervals that monitoring starts with.</summary>
internal sealed class SchemeStager(Intervals intervals)
{
    internal StagedScheme Stage(Scheme scheme, SysfsDirectory directory)
    {
        StagedAccessPattern pattern = Stage(scheme.AccessPattern, directory.In("access_pattern"));
        directory.Put("action", Keywords.Actions.Word(scheme.Action));
        SysfsDirectory dests = directory.In("dests");
        dests.PutCount("nr_dests", scheme.Destinations.Count);
        Sequence<StagedDestination> destinations = scheme.Destinations.Select((dest, i) =>
            new StagedDestination(dests.In(i).Put("id", dest.Id), dests.In(i).Put("weight", dest.Weight))).ToSequence();
        StagedQuotas quotas = Stage(scheme.Quotas, directory.In("quotas"));
        StagedWatermarks watermarks = Stage(scheme.Watermarks, directory.In("watermarks"));
        int? nid = scheme.TargetNid is { } target ? directory.PutNid("target_nid", target) : null;
        Sequence<StagedFilter> core = Stage(scheme.Filters.Where(filter => filter.IsCore), directory.In("core_filters"));
        Sequence<StagedFilter> ops = Stage(scheme.Filters.Where(filter => !filter.IsCore), directory.In("ops_filters"));
        ulong applyInterval = directory.Put("apply_interval_us", scheme.ApplyIntervalUs);
        ulong maxSnapshots = directory.In("stats").Put("max_nr_snapshots", scheme.MaxNrSnapshots);
        return new(scheme.Action, destinations, nid, pattern, applyInterval, quotas, watermarks, core, ops, maxSnapshots);
    }

    private StagedAccessPattern Stage(AccessPattern pattern, SysfsDirectory directory)
    {
        SysfsDirectory size = directory.In("sz"), accesses = directory.In("nr_accesses"), age = directory.In("age");
        return new(
            size.Put("min", pattern.MinSizeBytes),
            size.Put("max", pattern.MaxSizeBytes),
            PutSamples(accesses, "min", pattern.AccessRate.Min, pattern.AccessRate.InSamples),
            PutSamples(accesses, "max", pattern.AccessRate.Max, pattern.AccessRate.InSamples),
            PutAggregations(age, "min", pattern.Age.Min, pattern.Age.InAggregations),
            PutAggregations(age, "max", pattern.Age.Max, pattern.Age.InAggregations));
    }

    /// <summary>trunc(percent * (aggr / sample) / 100), in this order of double operations.</summary>
    private ulong PutSamples(SysfsDirectory directory, string file, Number rate, bool inSamples)
    {
        if (inSamples) return directory.Put(file, rate);
        Number perAggregation = intervals.AggrUs / intervals.SampleUs;
        Number samples = rate * perAggregation / 100;
        ulong staged = directory.PutClamped(file, samples);
        if (rate < Number.Max && SysfsDirectory.Meant(samples) != Number.Whole(staged))
        {
            directory.Notices.Add(new(
                NoticeCode.SamplesTruncated,
                $"{directory.Prefix}{file} gets {staged}: {rate} % of the {perAggregation} samples of an aggregation is {samples}",
                directory.Prefix + file));
        }

        return staged;
    }

    private ulong PutAggregations(SysfsDirectory directory, string file, Number age, bool inAggregations)
    {
        if (inAggregations) return directory.Put(file, age);
        Number aggregations = age / intervals.AggrUs;
        ulong staged = directory.PutClamped(file, aggregations);
        if (age < Number.Max && SysfsDirectory.Meant(aggregations) != Number.Whole(staged))
        {
            directory.Notices.Add(new(
                NoticeCode.Truncated,
                $"{directory.Prefix}{file} gets {staged}: {age} us are {aggregations} aggregation intervals",
                directory.Prefix + file));
        }

        return staged;
    }

    private static StagedQuotas Stage(Quotas quotas, SysfsDirectory directory)
    {
        ulong ms = directory.Put("ms", quotas.TimeMs);
        ulong bytes = directory.Put("bytes", quotas.SizeBytes);
        ulong reset = directory.Put("reset_interval_ms", quotas.ResetIntervalMs);
        SysfsDirectory weights = directory.In("weights");
        ulong size = weights.Put("sz_permil", quotas.Weights.SizePermil);
        ulong accesses = weights.Put("nr_accesses_permil", quotas.Weights.AccessesPermil);
        ulong age = weights.Put("age_permil", quotas.Weights.AgePermil);
        ulong num = directory.Put("fail_charge_num", quotas.FailChargeNum), denom = directory.Put("fail_charge_denom", quotas.FailChargeDenom);
        SysfsDirectory goals = directory.In("goals");
        goals.PutCount("nr_goals", quotas.Goals.Count);
        Sequence<StagedGoal> stagedGoals = quotas.Goals.Select((goal, i) => Stage(goal, goals.In(i))).ToSequence();
        directory.Put("goal_tuner", quotas.GoalTuner);
        return new(ms, bytes, reset, size, accesses, age, num, denom, stagedGoals, quotas.GoalTuner);
    }

    /// <summary>damo writes the node of node_mem* and node_memcg* metrics only; the eligibility metrics' is our extension.</summary>
    private static StagedGoal Stage(QuotaGoal goal, SysfsDirectory directory)
    {
        directory.Put("target_metric", Keywords.GoalMetrics.Word(goal.Metric));
        bool hasNode = GoalValue.HasNode(goal.Metric) || GoalValue.IsEligibility(goal.Metric);
        int? nid = hasNode && goal.Nid is { } number ? directory.PutNid("nid", number) : null;
        string? path = GoalValue.HasMemcg(goal.Metric) ? goal.MemcgPath : null;
        if (path is not null) directory.Put("path", path);
        return new(goal.Metric, directory.Put("target_value", goal.TargetValue), directory.Put("current_value", goal.CurrentValue), nid, path);
    }

    private static StagedWatermarks Stage(Watermarks marks, SysfsDirectory directory)
    {
        directory.Put("metric", Keywords.WatermarkMetrics.Word(marks.Metric));
        return new(
            marks.Metric,
            directory.Put("interval_us", marks.IntervalUs),
            directory.Put("high", marks.HighPermil),
            directory.Put("mid", marks.MidPermil),
            directory.Put("low", marks.LowPermil));
    }

    private static Sequence<StagedFilter> Stage(IEnumerable<SchemeFilter> filters, SysfsDirectory directory)
    {
        SchemeFilter[] all = [.. filters];
        directory.PutCount("nr_filters", all.Length);
        return all.Select((filter, i) => Stage(filter, directory.In(i))).ToSequence();
    }

    private static StagedFilter Stage(SchemeFilter filter, SysfsDirectory directory)
    {
        directory.Put("type", Keywords.FilterTypes.Word(filter.FilterType));
        if (filter.Allow) directory.PutYesNo("allow", true);
        StagedRange? range = null;
        ulong? target = null;
        if (filter.MemcgPath is { } path) directory.Put("memcg_path", path);
        if (filter.AddressRange is { } addresses)
            range = new(directory.Put("addr_start", addresses.Start), directory.Put("addr_end", addresses.End));
        if (filter.TargetIndex is { } index) target = directory.Put("damon_target_idx", index);
        if (filter.HugepageSize is { } sizes) range = new(directory.Put("min", sizes.Start), directory.Put("max", sizes.End));
        directory.PutYesNo("matching", filter.Matching);
        return new(filter.FilterType, filter.Matching, filter.Allow, filter.MemcgPath, range, target);
    }
}
