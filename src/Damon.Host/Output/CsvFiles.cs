using System.Globalization;
using Damon.Actors.Hosts;

using Damon.Scenarios;
using Damon.Scenarios.Results;

namespace Damon.Host.Output;

/// <summary>Writes the readings of a run as CSV, one file a kind, one row a reading and thing, with the units in the headers.</summary>
internal sealed partial class CsvFiles
{
    private readonly string _directory;

    private CsvFiles(string directory) => _directory = directory;

    /// <summary>Makes the directory and makes sure that files can be written there, before anything runs.</summary>
    /// <exception cref="BadInputException">They cannot.</exception>
    public static CsvFiles Prepare(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            string probe = Path.Combine(directory, $".damon-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new CsvFiles(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"damon run: --csv: found '{directory}', allowed: a directory that can be written ({error.Message})");
        }
    }

    public void Write(RunReport report)
    {
        WriteFile(report, "nodes.csv", "node,used_bytes,free_bytes,migrated_in_bytes,migrated_out_bytes,reclaimed_bytes", Nodes);
        WriteFile(report, "memcgs.csv", "memcg,node,lru_bytes,resident_bytes", Memcgs);
        WriteFile(report, "kdamonds.csv", "kdamond,nr_regions,sample_us,aggregation_us,nr_aggregations,busy_ns", Kdamonds);
        if (report.Scenario.Run.Snapshots)
        {
            WriteFile(
                report,
                "regions.csv",
                "kdamond,target,start,end,nr_accesses,age_aggregations,probe_hits_0,probe_hits_1,probe_hits_2,probe_hits_3",
                Regions);
        }

        WritePages(report);
        WriteFleet(report);
        if (report.Hosts.Any(host => host.Outcome.Plan.Settings.Costs.Memory is not null || host.Outcome.Plan.Settings.Swap is not null))
        {
            WriteFile(report, "hosts.csv", "psi_some_total_us,swap_used_bytes", Hosts);
            WriteFile(
                report,
                "tenants.csv",
                "memcg,latency_ns,slowdown,accesses_per_second,migrated_bytes,swap_in_bytes,refaults,stall_ns",
                Tenants);
            WriteFile(report, "tiers.csv", "node,bandwidth_bytes_per_second,loaded_latency_ns", Tiers);
        }

        if (report.Hosts.Any(host => host.Outcome.Plan.Settings.Thp is not null))
        {
            WriteFile(
                report,
                "huge-pages.csv",
                "process,resident_bytes,touched_bytes,bloat_bytes,huge_bytes,thp_faults,thp_fallbacks,thp_collapses,thp_failed_collapses," +
                "thp_splits,walk_ns_per_access,saved_ns_per_access",
                HugePages);
        }

        WriteFile(
            report,
            "schemes.csv",
            "kdamond,scheme,action,nr_tried,tried_bytes,nr_applied,applied_bytes,ops_filter_passed_bytes,qt_exceeds,nr_snapshots," +
            "effective_quota_bytes,charged_bytes,score_bp,activated",
            Schemes);
    }

    private void WriteFile(RunReport report, string name, string columns, Func<HostPlan, HostSample, IEnumerable<string>> rows)
    {
        using StreamWriter file = new(Path.Combine(_directory, name)) { NewLine = "\n" };
        file.WriteLine("host,time_s," + columns);
        foreach (HostReport host in report.Hosts)
        {
            HostPlan plan = host.Outcome.Plan;
            foreach (HostSample sample in host.Outcome.Samples)
            {
                string head = Row(Quoted(plan.Settings.Name), sample.AtUs / 1_000_000m);
                foreach (string row in rows(plan, sample)) file.WriteLine($"{head},{row}");
            }
        }
    }

    private static IEnumerable<string> Nodes(HostPlan plan, HostSample sample) => sample.Nodes.Select((node, i) =>
        Row(i, node.UsedBytes, node.FreeBytes, node.MigratedInBytes, node.MigratedOutBytes, node.ReclaimedBytes));

    private static IEnumerable<string> Memcgs(HostPlan plan, HostSample sample) => sample.Memcgs.SelectMany((memcg, i) =>
        memcg.LruBytesByNode.Select((lru, node) =>
            Row(Quoted(plan.Settings.Memcgs[i].Path), node, lru, memcg.ResidentBytesByNode[node])));

    private static IEnumerable<string> Kdamonds(HostPlan plan, HostSample sample) => sample.Kdamonds.Select((kdamond, i) =>
        Row(i, kdamond.NrRegions, kdamond.SampleUs, kdamond.AggregationUs, kdamond.NrAggregations, kdamond.BusyNs));

    private static IEnumerable<string> Regions(HostPlan plan, HostSample sample) => sample.Kdamonds.SelectMany((kdamond, k) => kdamond.Regions.Select(region => Row(
        k,
        region.Target,
        region.Start,
        region.End,
        region.NrAccesses,
        region.Age,
        (int)region.ProbeHits.Get(0),
        (int)region.ProbeHits.Get(1),
        (int)region.ProbeHits.Get(2),
        (int)region.ProbeHits.Get(3))));

    private static IEnumerable<string> Hosts(HostPlan plan, HostSample sample) => [Row(sample.PsiTotalUs, sample.SwapUsedBytes)];

    private static IEnumerable<string> Tenants(HostPlan plan, HostSample sample) => sample.Costs is null ? [] : sample.Costs.Tenants.Select((tenant, i) => Row(
        Quoted(plan.Settings.Memcgs[i].Path),
        tenant.AverageLatencyNs,
        tenant.Slowdown,
        tenant.AccessesPerSecond,
        tenant.MigratedBytes,
        tenant.SwapInBytes,
        tenant.RefaultCount,
        tenant.StallNs));

    private static IEnumerable<string> HugePages(HostPlan plan, HostSample sample) => sample.HugePages.Select((pages, i) => Row(
        Quoted(plan.Settings.Processes[i].Name),
        pages.ResidentBytes,
        pages.TouchedBytes,
        pages.BloatBytes,
        pages.HugeBytes,
        pages.Counts.Faults,
        pages.Counts.Fallbacks,
        pages.Counts.Collapses,
        pages.Counts.FailedCollapses,
        pages.Counts.Splits,
        sample.Costs is { Walks: { IsEmpty: false } walks } ? walks[i].NsPerAccess : "",
        sample.Costs is { Walks: { IsEmpty: false } saved } ? saved[i].SavedNsPerAccess : ""));

    private static IEnumerable<string> Tiers(HostPlan plan, HostSample sample) => sample.Costs is null ? [] : sample.Costs.Nodes.Select((node, i) =>
        Row(i, node.BandwidthBytesPerSecond, node.LoadedLatencyNs));

    private static IEnumerable<string> Schemes(HostPlan plan, HostSample sample) => sample.Kdamonds.SelectMany((kdamond, k) =>
        kdamond.Schemes.Select((scheme, s) => Row(
            k,
            s,
            Words.Action(plan, k, s),
            scheme.Stats.NrTried,
            scheme.Stats.SzTried,
            scheme.Stats.NrApplied,
            scheme.Stats.SzApplied,
            scheme.Stats.SzOpsFilterPassed,
            scheme.Stats.QtExceeds,
            scheme.Stats.NrSnapshots,
            scheme.EffectiveSizeBytes,
            scheme.ChargedBytes,
            scheme.Score?.ToString(CultureInfo.InvariantCulture) ?? "",
            scheme.Activated ? 1 : 0)));

    private static string Row(params Cell[] cells) => string.Join(',', cells.Select(cell => cell.Text));

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A cell: a number in invariant form, or a text as it is.</summary>
    private readonly record struct Cell(string Text)
    {
        public static implicit operator Cell(string text) => new(text);

        public static implicit operator Cell(int number) => new(number.ToString(CultureInfo.InvariantCulture));

        public static implicit operator Cell(ulong number) => new(number.ToString(CultureInfo.InvariantCulture));

        public static implicit operator Cell(double number) => new(number.ToString("0.####", CultureInfo.InvariantCulture));

        public static implicit operator Cell(decimal number) => new(number.ToString(CultureInfo.InvariantCulture));
    }
}
