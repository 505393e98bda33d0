using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Monitoring;
using Damon.Scenarios.Fidelity;
using Damon.Scenarios.Running;

namespace Damon.Scenarios.Results;

/// <summary>How well the samples of a probe told its pages, held against full counts at the same instants, and how fast counts went stale.</summary>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Slot">Index of the probe.</param>
/// <param name="Probe">The probe, as at the last count.</param>
/// <param name="NrCounts">How many counts were read.</param>
/// <param name="ExactBytes">Bytes with its attribute: mean of the counts.</param>
/// <param name="EstimateBytes">What the samples said: the same mean.</param>
/// <param name="StandardErrorBytes">The standard error of the sum over all regions, as the snapshots showed it: the same mean.</param>
/// <param name="ErrorBytes">How far the sums were off in fact: the root of the mean square.</param>
/// <param name="RegionError">How far each region was off, summed up without sign, as a share of all memory: mean, 0..1.</param>
/// <param name="WithinTwoErrors">The share of regions that were off by at most two of their standard errors, 0..1.</param>
public sealed record ProbeAccuracy(
    int Kdamond,
    int Slot,
    Probe Probe,
    int NrCounts,
    double ExactBytes,
    double EstimateBytes,
    double StandardErrorBytes,
    double ErrorBytes,
    double RegionError,
    double WithinTwoErrors)
{
    /// <summary>How far the sum of a count was off by the next count: the root of the mean square, bytes; null: nothing to compare.</summary>
    public double? StaleErrorBytes { get; init; }

    /// <summary>How far each region of a count was off by the next count, as <see cref="RegionError"/>; null: nothing to compare.</summary>
    public double? StaleRegionError { get; init; }

    /// <summary>The probes of all kdamonds that counted; those whose samples say nothing are left out.</summary>
    public static ImmutableArray<ProbeAccuracy> Of(HostOutcome outcome)
    {
        var all = ImmutableArray.CreateBuilder<ProbeAccuracy>();
        for (int k = 0; k < outcome.Plan.Settings.Kdamonds.Length; k++)
        {
            PageSurvey[] surveys = SurveysOf(outcome, k);
            int probes = surveys.Length == 0 ? 0 : surveys.Min(survey => survey.Probes.Length);
            for (int slot = 0; slot < probes; slot++)
            {
                if (Of(surveys, k, slot) is { } accuracy) all.Add(accuracy);
            }
        }

        return all.ToImmutable();
    }

    /// <summary>The counts of a kdamond that were read, each once.</summary>
    public static PageSurvey[] SurveysOf(HostOutcome outcome, int kdamond) =>
        [.. outcome.Samples.Where(sample => sample.Kdamonds.Length > kdamond).Select(sample => sample.Kdamonds[kdamond].Pages).OfType<PageSurvey>()
            .DistinctBy(survey => survey.AtUs)];

    private static ProbeAccuracy? Of(PageSurvey[] surveys, int kdamond, int slot)
    {
        Reading[] readings = [.. surveys.Select(survey => Read(survey, slot)).OfType<Reading>()];
        if (readings.Length == 0) return null;
        (double Error, double Share)[] stale = [.. surveys.Where(survey => !survey.Stale.IsEmpty).Select(survey => ReadStale(survey, slot))];
        return new ProbeAccuracy(
            kdamond,
            slot,
            surveys[^1].Probes[slot],
            readings.Length,
            Mean(readings, one => one.Exact),
            Mean(readings, one => one.Estimate),
            Mean(readings, one => one.StandardError),
            Math.Sqrt(Mean(readings, one => (one.Estimate - one.Exact) * (one.Estimate - one.Exact))),
            Mean(readings, one => one.RegionError),
            Mean(readings, one => one.WithinTwoErrors))
        {
            StaleErrorBytes = stale.Length == 0 ? null : Math.Sqrt(Mean(stale, one => one.Error * one.Error)),
            StaleRegionError = stale.Length == 0 ? null : Mean(stale, one => one.Share),
        };
    }

    private static Reading? Read(PageSurvey survey, int slot)
    {
        Reading sum = default;
        double variance = 0;
        int within = 0;
        double bytes = survey.Bytes;
        foreach (RegionPages region in survey.Regions)
        {
            if (survey.EstimateOf(slot, region) is not { } estimate) return null;
            double exact = region.Counts.HitBytes(survey.Probes[slot], region.Bytes);
            double error = Math.Abs(estimate.Bytes - exact);
            sum.Exact += exact;
            sum.Estimate += estimate.Bytes;
            sum.RegionError += error / bytes;
            variance += estimate.StandardErrorBytes * estimate.StandardErrorBytes;
            if (error <= 2 * estimate.StandardErrorBytes) within++;
        }

        if (survey.Regions.IsEmpty) return null;
        sum.StandardError = Math.Sqrt(variance);
        sum.WithinTwoErrors = (double)within / survey.Regions.Length;
        return sum;
    }

    private static (double Error, double Share) ReadStale(PageSurvey survey, int slot)
    {
        Probe probe = survey.Probes[slot];
        double sum = 0;
        double apart = 0;
        double bytes = 0;
        foreach (StalePages region in survey.Stale)
        {
            double change = (double)region.Then.Counts.HitBytes(probe, region.Then.Bytes) - region.Now.HitBytes(probe, region.Then.Bytes);
            sum += change;
            apart += Math.Abs(change);
            bytes += region.Then.Bytes;
        }

        return (sum, apart / bytes);
    }

    private static double Mean<T>(IEnumerable<T> all, Func<T, double> of) => Statistics.Mean([.. all.Select(of)]);

    /// <summary>One count and the samples beside it.</summary>
    private record struct Reading(double Exact, double Estimate, double StandardError, double RegionError, double WithinTwoErrors);
}
