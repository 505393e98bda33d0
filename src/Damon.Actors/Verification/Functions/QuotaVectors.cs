using System.Text.Json;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Functions;

/// <summary>What a quota allows and which regions it prefers (section 9).</summary>
internal static class QuotaVectors
{
    /// <summary>The tick at which the recordings adjust a quota for the first time.</summary>
    private const ulong Jiffies = 5;

    private const ulong ResetIntervalMs = 1000;

    private const ulong MinRegionSize = 4096;

    public static void Score(JsonElement vector, Comparison comparison)
    {
        var goals = vector.GetProperty("goals").EnumerateArray().ToList();
        comparison.Expect("score", GoalTuner.HighestScore(
            [.. goals.Select(goal => Goal(goal.U64("target")))], [.. goals.Select(goal => goal.U64("current"))]));
    }

    public static void SetEffectiveSize(JsonElement vector, Comparison comparison)
    {
        var quota = new QuotaSettings
        {
            TimeMs = vector.U64("ms"),
            SizeBytes = vector.U64("sz"),
            GoalTuner = TunerKind(vector.GetProperty("tuner").GetString()!),
            Goals = [.. vector.U64s("goal_targets").Select(Goal)],
        };
        var tuner = new GoalTuner(quota.Goals);
        var charges = new ChargeWindow();
        int number = 0;
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            charges.TotalChargedSize = step.U64("total_charged_sz");
            charges.TotalChargedNs = step.U64("total_charged_ns");
            ulong[] values = step.U64s("current");
            for (int goal = 0; goal < values.Length; goal++) tuner.Feed(goal, values[goal]);

            if (!quota.Goals.IsEmpty) tuner.Tune(quota.GoalTuner, quota.SizeBytes);
            charges.SetEffectiveSize(
                quota, quota.Goals.IsEmpty ? null : tuner.EffectiveSizeBp, vector.U64("min_region_sz"));
            comparison.Expect($"steps[{number}].esz", step.U64("esz"), charges.EffectiveSize);
            comparison.Expect($"steps[{number++}].esz_bp", step.U64("esz_bp"), tuner.EffectiveSizeBp);
        }
    }

    public static void Adjust(JsonElement vector, Comparison comparison)
    {
        var scheme = new Scheme(PrioritizingScheme(vector), NoPorts.Instance);
        var target = vector.Target("regions");
        scheme.BeginPass(new SchemePass(
            [target], vector.Window(), vector.U64("aggr_interval"), MinRegionSize, AddrUnit: 1, IsVirtual: false, Jiffies));

        comparison.Expect("esz", scheme.Charges.EffectiveSize);
        comparison.Expect("min_score", scheme.Charges.MinScore);
        ulong[] valid = new ulong[target.Regions.Count];
        for (int i = 0; i < valid.Length; i++) valid[i] = scheme.IsWanted(target.Regions[i]) ? 1UL : 0UL;
        comparison.Expect("valid", valid);
    }

    private static SchemeSettings PrioritizingScheme(JsonElement vector)
    {
        var pattern = vector.GetProperty("pattern");
        return new SchemeSettings
        {
            Action = vector.GetProperty("action").GetString() switch
            {
                "migrate_hot" => SchemeAction.MigrateHot,
                "migrate_cold" => SchemeAction.MigrateCold,
                "pageout" => SchemeAction.PageOut,
                "lru_prio" => SchemeAction.LruPrio,
                "lru_deprio" => SchemeAction.LruDeprio,
                "stat" => SchemeAction.Stat,
                var other => throw new FormatException($"\"{other}\" is no action of the physical address space"),
            },
            Pattern = new AccessPattern(
                pattern[0].GetUInt64(),
                pattern[1].GetUInt64(),
                pattern[2].GetUInt32(),
                pattern[3].GetUInt32(),
                pattern[4].GetUInt32(),
                pattern[5].GetUInt32()),
            Quota = new QuotaSettings
            {
                ResetIntervalMs = ResetIntervalMs,
                SizeBytes = vector.U64("sz"),
                WeightNrAccesses = vector.U32("weight_nr_accesses"),
                WeightAge = vector.U32("weight_age"),
            },
        };
    }

    private static QuotaGoal Goal(ulong target) => new(GoalMetric.UserInput, target);

    private static GoalTunerKind TunerKind(string name) => name switch
    {
        "consist" => GoalTunerKind.Consist,
        "temporal" => GoalTunerKind.Temporal,
        _ => throw new FormatException($"\"{name}\" is no goal tuner; there are \"consist\" and \"temporal\""),
    };

    /// <summary>For a scheme without goals that is never applied.</summary>
    private sealed class NoPorts : ISchemePorts
    {
        public static readonly NoPorts Instance = new();

        public ulong ChargeClockNs => 0;

        public ActionOutcome Apply(in Region region, int targetIndex, bool passesFilters) =>
            throw new InvalidOperationException("the recordings apply nothing");

        public ulong? Tune(ulong effectiveSize) => null;
    }
}
