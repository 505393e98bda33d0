using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Staging;

/// <summary>What <c>damo start</c> would hand to the kernel.</summary>
/// <param name="Kdamonds">The values that the kernel gets.</param>
/// <param name="Writes">The files written, in order.</param>
/// <param name="Notices">What is lost on the way.</param>
public sealed record StagingResult(Sequence<StagedKdamond> Kdamonds, IReadOnlyList<SysfsWrite> Writes, IReadOnlyList<Notice> Notices);

/// <summary>Stages a document for the kernel (spec section 9), starting from empty directories.</summary>
public static class Stager
{
    /// <summary>Stages a document.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="DamoException">A value is infinite or not a number, or the sampling or aggregation interval is 0 and divides a pattern.</exception>
    public static StagingResult Stage(DamoDocument document)
    {
        var writes = new List<SysfsWrite>();
        var notices = new List<Notice>();
        var root = new SysfsDirectory("", writes, notices);
        root.PutCount("nr_kdamonds", document.Kdamonds.Count);
        Sequence<StagedKdamond> kdamonds = document.Kdamonds.Select((kdamond, i) => Stage(kdamond, root.In(i))).ToSequence();
        return new(kdamonds, writes, notices);
    }

    private static StagedKdamond Stage(Kdamond kdamond, SysfsDirectory directory)
    {
        ulong refresh = directory.Put("refresh_ms", kdamond.RefreshMs);
        SysfsDirectory contexts = directory.In("contexts");
        contexts.PutCount("nr_contexts", kdamond.Contexts.Count);
        return new(refresh, kdamond.Contexts.Select((context, i) => Stage(context, contexts.In(i))).ToSequence());
    }

    private static StagedContext Stage(MonitoringContext context, SysfsDirectory directory)
    {
        directory.Put("operations", Keywords.Operations.Word(context.Ops));
        SysfsDirectory attributes = directory.In("monitoring_attrs"), intervals = attributes.In("intervals");
        ulong sample = intervals.Put("sample_us", context.Intervals.SampleUs);
        ulong aggr = intervals.Put("aggr_us", context.Intervals.AggrUs);
        ulong update = intervals.Put("update_us", context.Intervals.OpsUpdateUs);
        StagedIntervalsGoal goal = Stage(context.Intervals.Goal, intervals.In("intervals_goal"));
        SysfsDirectory regions = attributes.In("nr_regions");
        ulong minRegions = regions.Put("min", context.NrRegions.Min), maxRegions = regions.Put("max", context.NrRegions.Max);
        Stage(context.Probes, attributes.In("probes"));
        directory.PutYesNo("pause", context.Pause);
        ulong addrUnit = directory.Put("addr_unit", context.AddrUnit);

        SysfsDirectory targets = directory.In("targets"), schemes = directory.In("schemes");
        targets.PutCount("nr_targets", context.Targets.Count);
        Sequence<StagedTarget> stagedTargets = context.Targets.Select((target, i) => Stage(target, targets.In(i))).ToSequence();
        schemes.PutCount("nr_schemes", context.Schemes.Count);
        var stager = new SchemeStager(context.Intervals);
        Sequence<StagedScheme> stagedSchemes = context.Schemes.Select((scheme, i) => stager.Stage(scheme, schemes.In(i))).ToSequence();
        return new(
            context.Ops, sample, aggr, update, goal, minRegions, maxRegions, context.Probes, context.Pause, addrUnit, stagedTargets, stagedSchemes);
    }

    private static StagedIntervalsGoal Stage(IntervalsGoal goal, SysfsDirectory directory) => new(
        directory.Put("access_bp", goal.AccessBp),
        directory.Put("aggrs", goal.Aggrs),
        directory.Put("min_sample_us", goal.MinSampleUs),
        directory.Put("max_sample_us", goal.MaxSampleUs));

    private static void Stage(Sequence<Probe> probes, SysfsDirectory directory)
    {
        directory.PutCount("nr_probes", probes.Count);
        for (int i = 0; i < probes.Count; i++)
        {
            if (probes[i].Weight != Number.Zero) directory.In(i).Put("weight", probes[i].Weight);
            SysfsDirectory filters = directory.In(i).In("filters");
            filters.PutCount("nr_filters", probes[i].Filters.Count);
            for (int j = 0; j < probes[i].Filters.Count; j++)
            {
                ProbeFilter filter = probes[i].Filters[j];
                SysfsDirectory place = filters.In(j);
                place.Put("type", filter.FilterType);
                place.PutYesNo("matching", filter.Matching);
                place.PutYesNo("allow", filter.Allow);
                if (filter.Path is { } path) place.Put("path", path);
            }
        }
    }

    private static StagedTarget Stage(Target target, SysfsDirectory directory)
    {
        ulong? pid = target.Pid is { } number ? directory.Put("pid_target", number) : null;
        directory.Put("obsolete_target", target.Obsolete ? "1" : "0");
        SysfsDirectory regions = directory.In("regions");
        regions.PutCount("nr_regions", target.Regions.Count);
        return new(pid, target.Obsolete, target.Regions.Select((range, i) =>
            new StagedRange(regions.In(i).Put("start", range.Start), regions.In(i).Put("end", range.End))).ToSequence());
    }
}
