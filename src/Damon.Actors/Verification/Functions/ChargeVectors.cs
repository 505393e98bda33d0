using System.Text.Json;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Functions;

/// <summary>A quota's account: what is charged, when it is full, where it goes on (sections 7 and 9).</summary>
internal static class ChargeVectors
{
    public static void Charge(JsonElement vector, Comparison comparison)
    {
        var charges = new ChargeWindow { ChargedSize = vector.U64("charged_sz") };
        var quota = new QuotaSettings
        {
            FailChargeNum = vector.U32("fail_charge_num"),
            FailChargeDenom = vector.U32("fail_charge_denom"),
        };
        charges.Charge(quota, vector.U64("sz_region"), vector.U64("sz_applied"));
        comparison.Expect("charged_sz_after", charges.ChargedSize);
    }

    public static void IsFull(JsonElement vector, Comparison comparison)
    {
        var charges = new ChargeWindow { EffectiveSize = vector.U64("esz"), ChargedSize = vector.U64("charged_sz") };
        var goal = new QuotaGoal(GoalMetric.UserInput, TargetValue: 1);
        var quota = new QuotaSettings
        {
            SizeBytes = vector.U64("sz"),
            TimeMs = vector.U64("ms"),
            Goals = [.. Enumerable.Repeat(goal, (int)vector.U32("nr_goals"))],
        };
        comparison.Expect("full", charges.IsFull(quota, vector.U64("min_region_sz")));
    }

    public static void SkipCharged(JsonElement vector, Comparison comparison)
    {
        var targets = vector.Targets("before");
        ulong minRegionSize = vector.U64("min_region_sz");
        int markedTarget = vector.GetProperty("charge_target_from").GetInt32();
        ChargeMark? mark = markedTarget < 0 ? null : new ChargeMark(markedTarget, vector.U64("charge_addr_from"));
        var visits = new RegionVisits(comparison, vector.GetProperty("visits"));
        visits.Walk(targets, (int target, ref Region region, bool isLast, RegionCutList cuts) =>
            [ChargeMarkSkip.Skips(ref mark, target, ref region, isLast, minRegionSize, cuts)]);
        comparison.Expect("after", targets);
        comparison.Expect("charge_target_from_after", mark?.TargetIndex ?? -1);
        comparison.Expect("charge_addr_from_after", mark?.Address ?? 0UL);
    }
}
