using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Verification.Functions;
using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Golden;

/// <summary>Reads the contexts of a recorded case.</summary>
internal static class GoldenContexts
{
    public static KdamondSettings Read(JsonElement context) => new()
    {
        Seed = context.U64("seed"),
        Operations = context.GetProperty("ops").GetString() switch
        {
            "synth" => OperationsKind.Synthetic,
            "paddr" => OperationsKind.Paddr,
            "vaddr" => OperationsKind.Vaddr,
            "fvaddr" => OperationsKind.Fvaddr,
            var other => throw new FormatException($"unknown operations set '{other}'"),
        },
        Attributes = Attributes(context.GetProperty("attrs")),
        AddrUnit = context.U64("addr_unit"),
        MinRegionSize = context.U64("min_region_sz"),
        Targets = Targets(context),
        Schemes = [.. context.GetProperty("schemes").EnumerateArray().Select(GoldenSchemes.Read)],
        Probes = context.TryGetProperty("probes", out JsonElement probes) ? Probes(probes) : [],
        Synthetic = new SyntheticAccesses(
            Rules(context.GetProperty("synth_rules")),
            context.TryGetProperty("synth_probes", out JsonElement slots)
                ? [.. slots.EnumerateArray().Select(Rules)]
                : []),
    };

    public static MonitoringAttributes Attributes(JsonElement attributes)
    {
        JsonElement goal = attributes.GetProperty("intervals_goal");
        return new MonitoringAttributes
        {
            SampleUs = attributes.U64("sample_us"),
            AggregationUs = attributes.U64("aggr_us"),
            OpsUpdateUs = attributes.U64("ops_update_us"),
            MinNrRegions = attributes.U64("min_nr_regions"),
            MaxNrRegions = attributes.U64("max_nr_regions"),
            IntervalsGoal = new IntervalsGoal(
                goal.U64("access_bp"), goal.U64("aggrs"), goal.U64("min_sample_us"), goal.U64("max_sample_us")),
        };
    }

    public static ImmutableArray<Probe> Probes(JsonElement probes) => [.. probes.EnumerateArray().Select(
        probe => new Probe(probe.U32("weight"), [.. probe.GetProperty("filters").EnumerateArray().Select(Filter)]))];

    private static ProbeFilter Filter(JsonElement filter) => new(
        filter.GetProperty("type").GetString() switch
        {
            "anon" => ProbeFilterType.Anon,
            "memcg" => ProbeFilterType.Memcg,
            var other => throw new FormatException($"unknown probe filter '{other}'"),
        },
        filter.Flag("matching"),
        filter.Flag("allow"),
        filter.TryGetProperty("memcg_id", out JsonElement id) ? id.GetUInt64() : 0);

    private static ImmutableArray<TargetSettings> Targets(JsonElement context)
    {
        JsonElement tenants = default;
        bool isVirtual = context.GetProperty("ops").GetString() is "vaddr" or "fvaddr";
        if (isVirtual) tenants = context.GetProperty("target_tenants");
        return [.. context.GetProperty("targets").EnumerateArray().Select((ranges, i) => new TargetSettings(
            [.. ranges.EnumerateArray().Select(range => new AddressRange(range[0].GetUInt64(), range[1].GetUInt64()))],
            isVirtual ? GoldenHost.ProcessName(tenants[i].GetInt32()) : null))];
    }

    private static ImmutableArray<SyntheticRule> Rules(JsonElement rules) =>
        [.. rules.EnumerateArray().Select(Rule)];

    private static SyntheticRule Rule(JsonElement rule) => new()
    {
        Start = rule.U64("start"),
        End = rule.U64("end"),
        FromUs = rule.U64("t0_us"),
        UntilUs = rule.U64("t1_us"),
        PeriodUs = rule.U64("period_us"),
        DutyUs = rule.U64("duty_us"),
        PhaseUs = rule.U64("phase_us"),
        ProbabilityBp = rule.U64("prob_bp"),
        Salt = rule.U64("salt"),
    };
}
