using System.Collections.Immutable;
using Damon.Damo.Document;
using Damon.Damo.Staging;
using Damon.Damo.Values;
using Damon.Scenarios.Explaining.Traps;

namespace Damon.Scenarios.Explaining.Prose;

/// <summary>The numbers of a scheme as the kernel gets them, and what they amount to.</summary>
internal static class SchemeNumbers
{
    /// <summary>The numbers.</summary>
    public static ImmutableArray<ExplainedNumber> Of(ConfiguredScheme scheme) =>
        [.. Pattern(scheme), Apply(scheme), .. Quota(scheme), .. Goals(scheme), .. Marks(scheme)];

    private static IEnumerable<ExplainedNumber> Pattern(ConfiguredScheme scheme)
    {
        RateRange? rate = scheme.Written?.AccessPattern.AccessRate;
        StagedAccessPattern pattern = scheme.Staged.AccessPattern;
        ulong most = scheme.Context.MaxSamples;
        ExplainedNumber Samples(string name, ulong samples, Number? written) =>
            new(name, Amounts.Count(samples, "sample"), $"of {most}{Written(rate, written, most)}");
        ExplainedNumber Age(string name, ulong age) => new(
            name,
            Amounts.Count(age, "aggregation"),
            $"{Amounts.Microseconds(unchecked((uint)age) * scheme.Context.Staged.AggrUs)} at the first aggregation interval");

        if (pattern.MinNrAccesses > 0 || rate?.Min > Number.Zero)
            yield return Samples("nr_accesses/min", pattern.MinNrAccesses, rate?.Min);
        if (scheme.MaxSamples < most) yield return Samples("nr_accesses/max", pattern.MaxNrAccesses, rate?.Max);
        if (pattern.MinAge > 0) yield return Age("age/min", pattern.MinAge);
        if (scheme.HasAgeLimit) yield return Age("age/max", pattern.MaxAge);
    }

    private static string Written(RateRange? range, Number? bound, ulong most)
    {
        if (range is null || bound is not { } rate || range.InSamples) return "";
        if (rate >= Number.Max) return "; written as max";
        Number samples = rate * (long)most / 100;
        return $"; written as {ValuePrinter.Percent(rate)}, which is {Amounts.Number(samples.ToDouble())} of {most}";
    }

    private static ExplainedNumber Apply(ConfiguredScheme scheme)
    {
        ulong us = scheme.Staged.ApplyIntervalUs;
        string every = us == 0
            ? "every aggregation"
            : $"every {Amounts.Count(us / Math.Max(1, scheme.Context.Staged.SampleUs), "sampling interval")}";
        return new("apply_interval_us", $"{us} us", every);
    }

    private static IEnumerable<ExplainedNumber> Quota(ConfiguredScheme scheme)
    {
        StagedQuotas quotas = scheme.Staged.Quotas;
        if (!scheme.HasQuota) yield break;
        string window = Amounts.Milliseconds(quotas.ResetIntervalMs);
        string reset = quotas.ResetIntervalMs == ulong.MaxValue ? "max" : $"{quotas.ResetIntervalMs} ms";
        yield return new("reset_interval_ms", reset, $"a charge window lasts {window}");
        if (quotas.Bytes > 0)
        {
            string most = $"{Amounts.Bytes(quotas.Bytes)} a window{PerSecond(quotas)}";
            yield return new("bytes", $"{quotas.Bytes} bytes", $"{most}; tried bytes count, not moved ones");
        }

        if (quotas.Ms > 0)
        {
            string first = Amounts.Bytes(quotas.Ms * (4UL << 20));
            yield return new("ms", $"{quotas.Ms} ms", $"of {window}; becomes bytes by the speed so far, at first 4 MiB a ms: {first}");
        }

        if (quotas.FailChargeDenom > 0)
            yield return new("fail_charge", $"{quotas.FailChargeNum}/{quotas.FailChargeDenom}", "the part of failed bytes that is charged");
        yield return new("effective_bytes", scheme.HasGoals ? quotas.GoalTuner : "fixed", EffectiveSize(scheme));
    }

    private static string PerSecond(StagedQuotas quotas)
    {
        if (quotas.ResetIntervalMs is 0 or 1000 or ulong.MaxValue) return "";
        UInt128 bytes = (UInt128)quotas.Bytes * 1000 / quotas.ResetIntervalMs;
        return $" = {Amounts.Bytes((ulong)UInt128.Min(bytes, ulong.MaxValue - 1))} a second";
    }

    private static string EffectiveSize(ConfiguredScheme scheme)
    {
        StagedQuotas quotas = scheme.Staged.Quotas;
        string cap = quotas.Bytes > 0 ? Amounts.Bytes(quotas.Bytes) : "no limit";
        if (!scheme.HasGoals) return quotas is { Bytes: > 0, Ms: > 0 } ? "the smaller one of the two quotas" : "the quota itself";
        if (quotas.GoalTuner == "temporal") return $"{cap} a window while no goal is met, nothing once one is";
        string windows = Amounts.Count(SlowStart.DoublingsToPage(scheme), "window");
        return "begins with 1 byte and at most doubles each window: "
            + $"the first page after {windows} ({Amounts.Milliseconds(SlowStart.FirstPageMs(scheme))}), up to {cap}; "
            + "shrinks by the share that a goal is exceeded by, and to 1 byte at twice a goal";
    }

    private static IEnumerable<ExplainedNumber> Goals(ConfiguredScheme scheme) =>
        scheme.Staged.Quotas.Goals.Select((goal, i) => new ExplainedNumber(
            $"goals/{i}",
            $"{Keywords.GoalMetrics.Word(goal.Metric)} {goal.TargetValue}",
            $"met when {GoalMeanings.Until(scheme, goal)}"));

    private static IEnumerable<ExplainedNumber> Marks(ConfiguredScheme scheme)
    {
        StagedWatermarks marks = scheme.Staged.Watermarks;
        if (marks.Metric == WatermarkMetric.None) yield break;
        string Of(ulong permil) => Amounts.Bytes(Amounts.Share(permil * 10, scheme.Machine.TotalBytes));
        yield return new(
            "watermarks",
            $"{marks.High}/{marks.Mid}/{marks.Low} permil",
            $"rests above {Of(marks.High)} and below {Of(marks.Low)} free, begins below {Of(marks.Mid)}; "
                + $"looks every {Amounts.Microseconds(marks.IntervalUs)}");
    }
}
