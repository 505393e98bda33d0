using Damon.Damo.Staging;
using Damon.Scenarios.Explaining.Prose;

namespace Damon.Scenarios.Explaining.Traps;

/// <summary>An apply interval longer than the time between two tunings of the intervals (spec 6).</summary>
internal sealed class StarvedApplyInterval : ITrap
{
    private const string Why =
        "every tuning of the intervals, even one that changes nothing, lets all apply intervals start anew, so one that is longer "
            + "than a tuning period never ends";

    public string Name => "starved apply interval";

    public IEnumerable<Finding> Find(Configuration configuration) =>
        configuration.Schemes.Where(IsStarved).Select(scheme => new Finding(
            Name,
            scheme.Place,
            Problem(scheme),
            Why,
            Goal(scheme, scheme.Context.Staged.IntervalsGoal.Aggrs),
            Goal(scheme, Enough(scheme))));

    private static bool IsStarved(ConfiguredScheme scheme) =>
        scheme.Context.TunesIntervals && ApplySamples(scheme, scheme.Context.Staged.SampleUs) > scheme.Context.SamplesPerTuning;

    private static string Problem(ConfiguredScheme scheme)
    {
        StagedContext context = scheme.Context.Staged;
        ulong period = scheme.Context.SamplesPerTuning * context.SampleUs;
        string begin = $"it is to be applied every {Amounts.Microseconds(scheme.ApplyUs)}, but the intervals are tuned every "
            + $"{Amounts.Microseconds(period)}";
        if (ApplySamples(scheme, context.IntervalsGoal.MaxSampleUs) > scheme.Context.SamplesPerTuning) return $"{begin}: it never is";
        ulong enough = (scheme.ApplyUs / (scheme.Context.SamplesPerTuning + 1)) + 1;
        return $"{begin}: it is not before the sampling interval was tuned up to {Amounts.Microseconds(enough)}";
    }

    /// <summary>The aggregations between tunings with which the apply interval comes round.</summary>
    private static ulong Enough(ConfiguredScheme scheme)
    {
        ulong perAggregation = Math.Max(1, scheme.Context.SamplesPerAggregation);
        return (ApplySamples(scheme, scheme.Context.Staged.SampleUs) + perAggregation - 1) / perAggregation;
    }

    private static string Goal(ConfiguredScheme scheme, ulong aggregations)
    {
        StagedIntervalsGoal goal = scheme.Context.Staged.IntervalsGoal;
        return $"--monitoring_intervals_goal {goal.AccessBp} {aggregations} {Words(goal.MinSampleUs)} {Words(goal.MaxSampleUs)}";
    }

    private static ulong ApplySamples(ConfiguredScheme scheme, ulong sampleUs) => scheme.Staged.ApplyIntervalUs / Math.Max(1, sampleUs);

    private static string Words(ulong us) => Amounts.Microseconds(us).Replace(" ", "", StringComparison.Ordinal);
}
