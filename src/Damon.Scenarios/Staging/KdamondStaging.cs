using System.Collections.Immutable;
using System.Globalization;
using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Staging;

/// <summary>
/// Turns what damo hands to the kernel into kdamonds, as the kernel's sysfs interface does: numbers are cut to the types
/// that the kernel keeps them in.
/// </summary>
/// <param name="names">What can be named.</param>
/// <param name="pageSize">The size of a page, which is the least size of a region, bytes.</param>
/// <param name="beyond">What damo cannot say.</param>
internal sealed class KdamondStaging(HostNames names, ulong pageSize, BeyondDamo beyond)
{
    /// <summary>The settings of a kdamond.</summary>
    /// <exception cref="StagingException">The simulated kernel would refuse it.</exception>
    public KdamondSettings Stage(StagedKdamond kdamond, int index)
    {
        string whose = string.Create(CultureInfo.InvariantCulture, $"kdamond {index}");
        if (kdamond.Contexts.Count != 1)
            throw new StagingException($"{whose} has {kdamond.Contexts.Count} contexts; the kernel takes exactly 1, so allowed: --nr_ctxs 1 for each");
        StagedContext context = kdamond.Contexts[0];
        OperationsKind operations = Operation(context.Operations);
        bool isVirtual = operations != OperationsKind.Paddr;
        SchemeStaging schemes = new(names, isVirtual);
        KdamondSettings settings = new()
        {
            Operations = operations,
            Attributes = Attributes(context),
            AddrUnit = context.AddrUnit,
            MinRegionSize = isVirtual ? pageSize : Math.Max(pageSize / Math.Max(context.AddrUnit, 1), 1),
            Targets = isVirtual ? Processes(context, index, whose) : [.. context.Targets.Select(target => Target(target, whose))],
            PageCounting = beyond.PagesOf(index)?.Counting,
            Probes = Probes(context, beyond.PagesOf(index), whose),
            Schemes = [.. context.Schemes.Select((scheme, i) => Scheme(schemes, scheme, i, index))],
        };
        if (KdamondValidation.Validate(settings) is { } error) throw new StagingException($"the kernel would refuse {whose}: {error}");
        return settings;
    }

    private static SchemeSettings Scheme(SchemeStaging schemes, StagedScheme scheme, int index, int kdamond)
    {
        try
        {
            return schemes.Stage(scheme, string.Create(CultureInfo.InvariantCulture, $"scheme {index} of kdamond {kdamond}"));
        }
        catch (StagingException refusal)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"[{kdamond}].contexts[0].schemes[{index}]");
            throw new StagingException(refusal.Message) { Place = place };
        }
    }

    private static OperationsKind Operation(Operations operations) => operations switch
    {
        Operations.Vaddr => OperationsKind.Vaddr,
        Operations.Fvaddr => OperationsKind.Fvaddr,
        _ => OperationsKind.Paddr,
    };

    /// <summary>The processes that damo names, and what it cannot name; a target that names nothing only stands for the latter.</summary>
    private ImmutableArray<TargetSettings> Processes(StagedContext context, int kdamond, string whose)
    {
        TargetSettings[] own = [.. beyond.Targets.Where(target => target.Kdamond == kdamond).Select(target => target.Settings)];
        TargetSettings[] named = [.. context.Targets.Where(target => target.Pid is not null).Select(target =>
            new TargetSettings(Ranges(target), names.Process(target.Pid!.Value, whose), target.Obsolete))];
        if (named.Length < context.Targets.Count && own.Length == 0)
            throw new StagingException($"{whose} has a target without a process, allowed: --target_pid with the pid of a workload, or vaddr-targets");
        return [.. named, .. own];
    }

    private static ImmutableArray<Model.Monitoring.AddressRange> Ranges(StagedTarget target) =>
        [.. target.Regions.Select(range => new Model.Monitoring.AddressRange(range.Start, range.End))];

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
        return new TargetSettings(Ranges(target));
    }

    private ImmutableArray<Model.Monitoring.Probe> Probes(StagedContext context, PageMonitoring? pages, string whose)
    {
        if (pages is not null && pages.Weights.Length > context.Probes.Count)
            throw new StagingException($"{whose} has {context.Probes.Count} probes, but page-monitoring has {pages.Weights.Length} weights for them");
        return [.. context.Probes.Select((probe, slot) => new Model.Monitoring.Probe(
            pages is not null && slot < pages.Weights.Length ? pages.Weights[slot] : Weight(probe, whose),
            [.. probe.Filters.Select(filter => Filter(filter, whose))]))];
    }

    private static uint Weight(Damo.Document.Probe probe, string whose)
    {
        System.Numerics.BigInteger weight = probe.Weight.Truncate();
        if (weight >= 0 && weight <= uint.MaxValue) return (uint)weight;
        throw new StagingException($"a probe of {whose} has the weight {weight}, allowed: 0..{uint.MaxValue}");
    }

    private Model.Monitoring.ProbeFilter Filter(Damo.Document.ProbeFilter filter, string whose) => filter.FilterType switch
    {
        "anon" => new(ProbeFilterType.Anon, filter.Matching, filter.Allow),
        "memcg" => new(ProbeFilterType.Memcg, filter.Matching, filter.Allow, names.Memcg(filter.Path, $"a probe of {whose}").Value),
        _ => throw new StagingException($"a probe of {whose} filters by \"{filter.FilterType}\", allowed: anon, memcg"),
    };
}
