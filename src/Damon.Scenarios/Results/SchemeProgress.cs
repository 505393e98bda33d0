using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Schemes;
using Damon.Scenarios.Fidelity;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results;

/// <summary>How a scheme worked until its goals were met for the first time, or until the end when they never were.</summary>
/// <param name="Kdamond">Index of its kdamond.</param>
/// <param name="Scheme">Its index there.</param>
/// <param name="MetAtUs">The first reading at which its last score was at least 10,000, us after its kdamond's start; null: none.</param>
/// <param name="MeanRate">What it applied its action to, bytes/s: mean over the times between readings.</param>
/// <param name="SdRate">The same: standard deviation.</param>
/// <param name="IdleUs">How long it applied nothing from one reading to the next, us in all.</param>
/// <param name="TriedBytes">What it tried, bytes.</param>
/// <param name="AppliedBytes">What it applied its action to, bytes.</param>
public sealed record SchemeProgress(
    int Kdamond, int Scheme, ulong? MetAtUs, double MeanRate, double SdRate, ulong IdleUs, ulong TriedBytes, ulong AppliedBytes)
{
    private const ulong MetScore = 10_000;

    /// <summary>The progress of each scheme with goals that acts on memory.</summary>
    public static ImmutableArray<SchemeProgress> Of(HostOutcome outcome)
    {
        var progress = ImmutableArray.CreateBuilder<SchemeProgress>();
        if (outcome.Samples.Length < 2) return [];
        for (int k = 0; k < outcome.Plan.Settings.Kdamonds.Length; k++)
        {
            ImmutableArray<SchemeSettings> schemes = outcome.Plan.Settings.Kdamonds[k].Schemes;
            for (int s = 0; s < schemes.Length; s++)
            {
                if (!schemes[s].Quota.Goals.IsEmpty && schemes[s].Action != SchemeAction.Stat) progress.Add(Of(outcome, k, s));
            }
        }

        return progress.ToImmutable();
    }

    private static SchemeProgress Of(HostOutcome outcome, int kdamond, int scheme)
    {
        // A commit can take a scheme away: what it did until then counts.
        ulong startUs = outcome.Plan.Settings.Kdamonds[kdamond].StartAtUs;
        (ulong AtUs, SchemeSample Sample)[] readings =
            [.. outcome.Samples.Where(sample => sample.AtUs >= startUs && sample.Kdamonds[kdamond].Schemes.Length > scheme)
                .Select(sample => (sample.AtUs, sample.Kdamonds[kdamond].Schemes[scheme]))];
        if (readings.Length < 2) return new SchemeProgress(kdamond, scheme, null, 0, 0, 0, 0, 0);
        int met = Array.FindIndex(readings, 1, reading => reading.Sample.Score >= MetScore);
        int last = met < 0 ? readings.Length - 1 : met;
        double[] rates = new double[last];
        ulong idleUs = 0;
        for (int i = 1; i <= last; i++)
        {
            ulong applied = readings[i].Sample.Stats.SzApplied - readings[i - 1].Sample.Stats.SzApplied;
            ulong us = readings[i].AtUs - readings[i - 1].AtUs;
            rates[i - 1] = applied * 1e6 / us;
            if (applied == 0) idleUs += us;
        }

        SchemeStats stats = readings[last].Sample.Stats;
        return new SchemeProgress(
            kdamond,
            scheme,
            met < 0 ? null : readings[met].AtUs - startUs,
            Statistics.Mean(rates),
            Statistics.Deviation(rates),
            idleUs,
            stats.SzTried,
            stats.SzApplied);
    }
}
