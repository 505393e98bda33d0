using Damon.Actors.Hosts;
using Damon.Model.Monitoring;
using Damon.Scenarios;
using Damon.Scenarios.Results;

namespace Damon.Host.Output;

/// <content>Full counts of pages: one row a count and region, and beside it one for each cgroup and each probe.</content>
internal sealed partial class CsvFiles
{
    private const string RegionColumns = "count_s,kdamond,target,start,end";

    private void WritePages(RunReport report)
    {
        if (!report.Hosts.Any(host => host.Outcome.Plan.Settings.Kdamonds.Any(kdamond => kdamond.PageCounting is not null))) return;
        WriteFile(report, "pages.csv", RegionColumns + ",bytes,anon_bytes,file_bytes,active_bytes,huge_bytes", (_, sample) => Pages(sample, Kinds));
        WriteFile(report, "pages-memcgs.csv", RegionColumns + ",memcg,bytes", (plan, sample) => Pages(sample, (_, region) => Memcgs(plan, region)));
        WriteFile(report, "pages-probes.csv", RegionColumns + ",probe,hits,samples,estimate_bytes,standard_error_bytes,exact_bytes", (_, sample) => Pages(sample, Probes));
    }

    /// <summary>The rows of the counts that a reading shows; the same count can be in several readings.</summary>
    private static IEnumerable<string> Pages(HostSample sample, Func<PageSurvey, RegionPages, IEnumerable<string>> rows)
    {
        for (int k = 0; k < sample.Kdamonds.Length; k++)
        {
            if (sample.Kdamonds[k].Pages is not { } survey) continue;
            foreach (RegionPages region in survey.Regions)
            {
                string head = Row(survey.AtUs / 1_000_000m, k, region.Region.Target, region.Region.Start, region.Region.End);
                foreach (string row in rows(survey, region)) yield return $"{head},{row}";
            }
        }
    }

    private static IEnumerable<string> Kinds(PageSurvey survey, RegionPages region) =>
        [Row(region.Bytes, region.Counts.AnonBytes, region.Counts.FileBytes, region.Counts.ActiveBytes, region.Counts.HugeBytes)];

    private static IEnumerable<string> Memcgs(HostPlan plan, RegionPages region) =>
        region.Counts.Memcgs.Select(memcg => Row(Quoted(Words.Memcg(plan, memcg)), region.Counts.BytesOf(memcg)));

    private static IEnumerable<string> Probes(PageSurvey survey, RegionPages region) => survey.Probes.Select((probe, slot) =>
    {
        ProbeEstimate? estimate = survey.EstimateOf(slot, region);
        return Row(
            slot,
            (int)region.Region.ProbeHits.Get(slot),
            survey.Samples,
            estimate is { } bytes ? bytes.Bytes : (Cell)"",
            estimate is { } error ? error.StandardErrorBytes : (Cell)"",
            region.Counts.HitBytes(probe, region.Bytes));
    });
}
