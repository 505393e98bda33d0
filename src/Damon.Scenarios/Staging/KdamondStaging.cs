using System.Collections.Immutable;
using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;

namespace Damon.Scenarios.Staging;

/// <summary>
/// Turns what damo hands to the kernel into kdamonds, as the kernel's sysfs interface does: numbers are cut to the types
/// that the kernel keeps them in.
/// </summary>
/// <param name="names">What can be named.</param>
/// <param name="pageSize">The size of a page, which is the least size of a region, bytes.</param>
internal sealed class KdamondStaging(HostNames names, ulong pageSize)
{
    /// <summary>The settings of a kdamond.</summary>
    /// <exception cref="StagingException">The simulated kernel would refuse it.</exception>
    public KdamondSettings Stage(StagedKdamond kdamond, int index)
    {
        string whose = string.Create(CultureInfo.InvariantCulture, $"kdamond {index}");
        if (kdamond.Contexts.Count != 1)
            throw new StagingException($"{whose} has {kdamond.Contexts.Count} contexts; the kernel takes exactly 1, so allowed: --nr_ctxs 1 for each");
        StagedContext context = kdamond.Contexts[0];
        if (context.Operations != Operations.Paddr)
            throw new StagingException($"{whose} monitors {Keywords.Operations.Word(context.Operations)}, allowed: paddr, the only one simulated yet");

        SchemeStaging schemes = new(names);
        KdamondSettings settings = new()
        {
            Operations = OperationsKind.Paddr,
            Attributes = Attributes(context),
            AddrUnit = context.AddrUnit,
            MinRegionSize = Math.Max(pageSize / Math.Max(context.AddrUnit, 1), 1),
            Targets = [.. context.Targets.Select(target => Target(target, whose))],
            Probes = [.. context.Probes.Select(probe => Probe(probe, whose))],
            Schemes = [.. context.Schemes.Select((scheme, i) =>
                schemes.Stage(scheme, string.Create(CultureInfo.InvariantCulture, $"scheme {i} of {whose}")))],
        };
        if (KdamondValidation.Validate(settings) is { } error) throw new StagingException($"the kernel would refuse {whose}: {error}");
        return settings;
    }

    private static MonitoringAttributes Attributes(StagedContext context) => new()
    {
        SampleUs = context.SampleUs,
        AggregationUs = context.AggrUs,
        OpsUpdateUs = context.UpdateUs,
        MinNrRegions = context.MinNrRegions,
        MaxNrRegions = context.MaxNrRegions,
        IntervalsGoal = new Model.Monitoring.IntervalsGoal(
            context.IntervalsGoal.AccessBp, context.IntervalsGoal.Aggrs, context.IntervalsGoal.MinSampleUs, context.IntervalsGoal.MaxSampleUs),
    };

    private static TargetSettings Target(StagedTarget target, string whose)
    {
        if (target.Regions.Count == 0) throw new StagingException($"{whose} has a target without any memory, allowed: nodes or regions that the machine has");
        return new TargetSettings([.. target.Regions.Select(range => new Model.Monitoring.AddressRange(range.Start, range.End))]);
    }

    /// <remarks>damo cannot set weights, so its probes only count beside the monitoring of accesses.</remarks>
    private Model.Monitoring.Probe Probe(Damo.Document.Probe probe, string whose) => new(0, [.. probe.Filters.Select(filter => Filter(filter, whose))]);

    private Model.Monitoring.ProbeFilter Filter(Damo.Document.ProbeFilter filter, string whose) => filter.FilterType switch
    {
        "anon" => new(ProbeFilterType.Anon, filter.Matching, filter.Allow),
        "memcg" => new(ProbeFilterType.Memcg, filter.Matching, filter.Allow, names.Memcg(filter.Path, $"a probe of {whose}").Value),
        _ => throw new StagingException($"a probe of {whose} filters by \"{filter.FilterType}\", allowed: anon, memcg"),
    };
}
