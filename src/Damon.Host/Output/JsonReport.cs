using System.Globalization;
using System.Text.Json;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Model.Schemes;
using Damon.Scenarios;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Host.Output;

/// <summary>Writes a report as JSON: the same as the tables, with plain numbers and the unit in each name.</summary>
internal static class JsonReport
{
    /// <summary>A state hash as 16 hex digits.</summary>
    public static string? Hash(ulong? hash) => hash?.ToString("x16", CultureInfo.InvariantCulture);

    public static void Write(RunReport report, Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            RunSettings run = report.Scenario.Run;
            json.WriteStartObject();
            json.WriteString("name", run.Name);
            json.WriteNumber("seed", run.Seed);
            json.WriteNumber("duration_s", run.DurationUs / 1_000_000m);
            json.WriteNumber("sample_interval_s", run.SampleIntervalUs / 1_000_000m);
            json.WriteBoolean("interrupted", report.IsInterrupted);
            json.WriteBoolean("failed", report.HasFailed);
            json.WriteString("verdict", report.Verdict);
            json.WriteString("digest", report.Digest);
            FleetJson.Write(json, report);
            json.WriteStartArray("hosts");
            foreach (HostReport host in report.Hosts) Write(json, host);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
        stream.Flush();
    }

    private static void Write(Utf8JsonWriter json, HostReport host)
    {
        json.WriteStartObject();
        json.WriteString("name", host.Outcome.Plan.Settings.Name);
        json.WriteString("state_hash", Hash(host.Outcome.StateHash));
        json.WriteNumber("end_s", host.Outcome.EndUs / 1_000_000m);
        json.WriteBoolean("interrupted", host.Outcome.IsInterrupted);
        json.WriteString("failure", host.Outcome.Failure);
        json.WriteStartArray("refused_events");
        foreach (string refusal in host.Outcome.Refusals) json.WriteStringValue(refusal);
        json.WriteEndArray();
        json.WriteStartArray("tenants");
        foreach (AimResult aim in host.Aims) Write(json, aim);
        json.WriteEndArray();
        json.WriteStartArray("schemes");
        if (!host.Outcome.Samples.IsEmpty) WriteSchemes(json, host.Outcome.Plan, host.Outcome.Samples[^1]);
        json.WriteEndArray();
        json.WriteStartArray("kdamonds");
        if (!host.Outcome.Samples.IsEmpty) KdamondJson.Write(json, host.Outcome.Plan, host.Outcome.Samples[^1]);
        json.WriteEndArray();
        json.WriteStartArray("probe_accuracy");
        foreach (ProbeAccuracy one in host.Accuracy) PageJson.Write(json, host.Outcome.Plan, one);
        json.WriteEndArray();
        json.WriteStartArray("progress");
        foreach (SchemeProgress progress in host.Progress) Write(json, progress);
        json.WriteEndArray();
        json.WriteStartArray("costs");
        if (!host.Outcome.Samples.IsEmpty && host.Outcome.Samples[^1].Costs is { } costs) WriteCosts(json, host.Outcome.Plan, costs);
        json.WriteEndArray();
        json.WriteStartArray("huge_pages");
        foreach (HugePageResult pages in host.HugePages) HugePageJson.Write(json, pages);
        json.WriteEndArray();
        json.WriteStartArray("online_changes");
        foreach (string line in host.Outcome.Log) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteStartArray("periods");
        foreach (Period period in host.Outcome.Periods) PeriodJson.Write(json, period);
        json.WriteEndArray();
        json.WriteStartArray("nodes");
        if (!host.Outcome.Samples.IsEmpty) WriteNodes(json, host.Outcome.Plan, host.Outcome.Samples[^1]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AimResult aim)
    {
        json.WriteStartObject();
        json.WriteString("name", aim.Aim.Name);
        json.WriteNumber("node", aim.Aim.Node);
        WriteNumber(json, "target_bytes", aim.TargetBytes);
        WriteNumber(json, "target_percent_of_node", aim.TargetBytes / aim.NodeBytes * 100);
        json.WriteNumber("mean_bytes", Math.Round(aim.MeanBytes));
        json.WriteNumber("sd_bytes", Math.Round(aim.SdBytes));
        json.WriteNumber("mean_percent_of_node", aim.MeanBytes / aim.NodeBytes * 100);
        json.WriteNumber("sd_percent_of_node", aim.SdBytes / aim.NodeBytes * 100);
        json.WriteNumber("readings", aim.NrReadings);
        WriteNumber(json, "converged_at_s", aim.ConvergedAtUs / 1e6);
        WriteNumber(json, "within_5_percent_at_s", aim.Approach?.NearAtUs / 1e6);
        WriteNumber(json, "overshoot_bytes", aim.Approach is { } approach ? Math.Round(approach.OvershootBytes) : null);
        WriteNumber(json, "time_within_5_points_share", aim.Approach?.ShareNear);
        WriteNumber(json, "swing_s", aim.Approach?.PeriodUs / 1e6);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SchemeProgress progress)
    {
        json.WriteStartObject();
        json.WriteNumber("kdamond", progress.Kdamond);
        json.WriteNumber("scheme", progress.Scheme);
        WriteNumber(json, "goal_met_after_s", progress.MetAtUs / 1e6);
        json.WriteNumber("mean_bytes_per_second", Math.Round(progress.MeanRate));
        json.WriteNumber("sd_bytes_per_second", Math.Round(progress.SdRate));
        json.WriteNumber("idle_s", progress.IdleUs / 1e6);
        json.WriteNumber("tried_bytes", progress.TriedBytes);
        json.WriteNumber("applied_bytes", progress.AppliedBytes);
        json.WriteEndObject();
    }

    private static void WriteCosts(Utf8JsonWriter json, HostPlan plan, CostReading costs)
    {
        for (int i = 0; i < costs.Tenants.Length; i++)
        {
            TenantSample tenant = costs.Tenants[i];
            json.WriteStartObject();
            json.WriteString("memcg", plan.Settings.Memcgs[i].Path);
            json.WriteNumber("latency_ns", tenant.AverageLatencyNs);
            json.WriteNumber("slowdown", tenant.Slowdown);
            json.WriteNumber("accesses_per_second", tenant.AccessesPerSecond);
            json.WriteNumber("migrated_bytes", tenant.MigratedBytes);
            json.WriteNumber("swap_in_bytes", tenant.SwapInBytes);
            json.WriteNumber("refaults", tenant.RefaultCount);
            json.WriteNumber("stall_ns", tenant.StallNs);
            json.WriteEndObject();
        }
    }

    private static void WriteSchemes(Utf8JsonWriter json, HostPlan plan, HostSample sample)
    {
        for (int k = 0; k < sample.Kdamonds.Length; k++)
        {
            for (int s = 0; s < sample.Kdamonds[k].Schemes.Length; s++)
            {
                SchemeSample scheme = sample.Kdamonds[k].Schemes[s];
                SchemeStats stats = scheme.Stats;
                json.WriteStartObject();
                json.WriteNumber("kdamond", k);
                json.WriteNumber("scheme", s);
                json.WriteString("action", Words.Action(plan, k, s));
                json.WriteNumber("nr_tried", stats.NrTried);
                json.WriteNumber("sz_tried", stats.SzTried);
                json.WriteNumber("nr_applied", stats.NrApplied);
                json.WriteNumber("sz_applied", stats.SzApplied);
                json.WriteNumber("sz_ops_filter_passed", stats.SzOpsFilterPassed);
                json.WriteNumber("qt_exceeds", stats.QtExceeds);
                json.WriteNumber("nr_snapshots", stats.NrSnapshots);
                json.WriteNumber("effective_sz_bytes", scheme.EffectiveSizeBytes);
                WriteNumber(json, "last_score", scheme.Score);
                json.WriteBoolean("activated", scheme.Activated);
                json.WriteEndObject();
            }
        }
    }

    private static void WriteNodes(Utf8JsonWriter json, HostPlan plan, HostSample sample)
    {
        for (int i = 0; i < sample.Nodes.Length; i++)
        {
            NodeSample node = sample.Nodes[i];
            json.WriteStartObject();
            json.WriteNumber("node", i);
            json.WriteString("tier", plan.Tiers[i]);
            json.WriteNumber("size_bytes", plan.NodeBytes(i));
            json.WriteNumber("used_bytes", node.UsedBytes);
            json.WriteNumber("free_bytes", node.FreeBytes);
            json.WriteNumber("migrated_in_bytes", node.MigratedInBytes);
            json.WriteNumber("migrated_out_bytes", node.MigratedOutBytes);
            json.WriteNumber("reclaimed_bytes", node.ReclaimedBytes);
            json.WriteEndObject();
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
