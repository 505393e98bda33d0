using System.Collections.Immutable;
using System.Globalization;
using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Scenarios;
using Damon.Scenarios.Results;
using Spectre.Console;

namespace Damon.Host.Output;

/// <content>Tables about the whole course of a run, with all hosts in one for comparison, and what tenants feel.</content>
internal sealed partial class TableReport
{
    private const double NsPerMs = 1e6;

    private void WriteCourses(HostReport[] hosts)
    {
        if (hosts.Any(host => host.Aims.Any(aim => aim.Approach is not null)))
        {
            Line("");
            Line("how targets were approached, over the whole run");
            console.Write(Approaches(hosts));
        }

        if (hosts.Any(host => !host.Progress.IsEmpty))
        {
            Line("what schemes did until their goals were first met, or the run ended");
            console.Write(Progress(hosts));
        }

        if (hosts.Any(host => !host.HugePages.IsEmpty))
        {
            Line("");
            Line("transparent huge pages at the end; what page walks take, and huge pages save of that: means of the last readings");
            console.Write(HugePages(hosts));
        }

        if (hosts.Any(host => !host.Accuracy.IsEmpty))
        {
            Line("");
            Line("pages that probes sampled, against full counts; and how far off a full count was by the next one");
            console.Write(PageTables.Accuracy(hosts, New, Row));
        }

        foreach (HostReport host in hosts.Where(host => !host.Outcome.Log.IsEmpty))
        {
            Line($"online changes of {host.Outcome.Plan.Settings.Name}");
            foreach (string line in host.Outcome.Log) Line("  " + line);
        }
    }

    private Table Approaches(HostReport[] hosts)
    {
        Table table = New("host", "tenant", "node", "#target", "#within 5% of it", "#overshoot", "#time within 5 points", "#a swing takes");
        foreach (HostReport host in hosts)
        {
            foreach (AimResult aim in host.Aims)
            {
                if (aim.Approach is not { } approach) continue;
                Row(
                    table,
                    host.Outcome.Plan.Settings.Name,
                    aim.Aim.Name,
                    Number((ulong)aim.Aim.Node),
                    Share(aim.TargetBytes!.Value, aim),
                    approach.NearAtUs is { } at ? Quantity.Time(at) : "never",
                    Share(approach.OvershootBytes, aim),
                    Quantity.Percent(approach.ShareNear),
                    approach.PeriodUs is { } period ? Quantity.Time((ulong)Math.Round(period / 1e5) * 100_000) : "-");
            }
        }

        return table;
    }

    private Table Progress(HostReport[] hosts)
    {
        Table table = New("host", "scheme", "action", "#goal met after", "#mean/s", "#sd/s", "#idle", "#tried", "#applied");
        foreach (HostReport host in hosts)
        {
            foreach (SchemeProgress progress in host.Progress)
            {
                Row(
                    table,
                    host.Outcome.Plan.Settings.Name,
                    $"{Number((ulong)progress.Kdamond)}.{Number((ulong)progress.Scheme)}",
                    Words.Action(host.Outcome.Plan, progress.Kdamond, progress.Scheme),
                    progress.MetAtUs is { } at ? Quantity.Time(at) : "never",
                    Quantity.Size(progress.MeanRate),
                    Quantity.Size(progress.SdRate),
                    Quantity.Time(progress.IdleUs),
                    Quantity.Size(progress.TriedBytes),
                    Quantity.Size(progress.AppliedBytes));
            }
        }

        return table;
    }

    private Table HugePages(HostReport[] hosts)
    {
        Table table = New(
            "host", "process", "#resident", "#touched", "#bloat", "#huge", "#faults", "#collapses", "#splits", "#walks", "#saved", "#slowdown of tenant");
        foreach (HostReport host in hosts)
        {
            foreach (HugePageResult pages in host.HugePages)
            {
                Row(
                    table,
                    host.Outcome.Plan.Settings.Name,
                    pages.Process,
                    Quantity.Size(pages.Last.ResidentBytes),
                    Quantity.Size(pages.Last.TouchedBytes),
                    Quantity.Size(pages.Last.BloatBytes),
                    Quantity.Size(pages.Last.HugeBytes),
                    Quantity.Count(pages.Last.Counts.Faults),
                    Quantity.Count(pages.Last.Counts.Collapses),
                    Quantity.Count(pages.Last.Counts.Splits),
                    PerAccess(pages.WalkNsPerAccess),
                    PerAccess(pages.SavedNsPerAccess),
                    pages.TenantSlowdown is { } slowdown ? Decimals(slowdown, 3) : "-");
            }
        }

        return table;
    }

    private static string PerAccess(double? ns) => ns is { } number ? Decimals(number, 1) + " ns" : "-";

    private Table Feelings(HostReport host, RunSettings run)
    {
        Table table = New("tenant", "#latency", "#slowdown", "#accesses/s", "#migrated", "#swapped in", "#refaults", "#waited");
        ImmutableArray<HostSample> samples = host.Outcome.Samples;
        HostSample[] window = [.. samples.Skip(Math.Max(1, samples.Length - run.Window))];
        if (window.Length == 0) window = [samples[^1]];
        for (int i = 0; i < samples[^1].Memcgs.Length; i++)
        {
            int tenant = i;
            TenantSample last = samples[^1].Costs!.Tenants[tenant];
            Row(
                table,
                host.Outcome.Plan.Settings.Memcgs[tenant].Path,
                Decimals(window.Average(sample => sample.Costs!.Tenants[tenant].AverageLatencyNs), 1) + " ns",
                Decimals(window.Average(sample => sample.Costs!.Tenants[tenant].Slowdown), 3),
                Quantity.Count((ulong)window.Average(sample => sample.Costs!.Tenants[tenant].AccessesPerSecond)),
                Quantity.Size(last.MigratedBytes),
                Quantity.Size(last.SwapInBytes),
                Quantity.Count(last.RefaultCount),
                Decimals(last.StallNs / NsPerMs, 1) + " ms");
        }

        return table;
    }

    private static string Decimals(double number, int digits) => number.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
