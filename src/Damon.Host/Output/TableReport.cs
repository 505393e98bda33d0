using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Model.Schemes;
using Damon.Scenarios;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Fleets;
using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>Prints a report as tables.</summary>
/// <param name="console">Where to.</param>
internal sealed partial class TableReport(IAnsiConsole console)
{
    /// <summary>More hosts than these are a fleet, which has one summary.</summary>
    private const int HostsShownMax = 4;

    /// <summary>Prints a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="detail">How much of each host, where there are many; few hosts have all their tables anyway.</param>
    public void Write(RunReport report, HostDetail detail = HostDetail.Summary)
    {
        RunSettings run = report.Scenario.Run;
        string interrupted = report.IsInterrupted ? " (interrupted: partial results)" : "";
        bool isFleet = report.Hosts.Length > HostsShownMax;
        string hosts = isFleet ? $", {Number((ulong)report.Hosts.Length)} hosts" : "";
        HostReport[] shown = !isFleet || detail == HostDetail.Tables ? [.. report.Hosts] : [];
        Line($"{run.Name}: {Quantity.Time(report.EndUs)} of virtual time{hosts}{interrupted}");
        foreach (HostReport host in shown)
        {
            Line("");
            if (report.Hosts.Length > 1) Line($"host {host.Outcome.Plan.Settings.Name}");
            Write(host, run);
        }

        WriteCourses(shown);
        WriteFleetCourses(report);
        if (isFleet) WriteSummary(FleetSummary.Of(report), detail != HostDetail.Summary);
        Line("");
        Line(report.Verdict);
        foreach (HostReport host in shown)
        {
            string name = report.Hosts.Length > 1 ? $" of {host.Outcome.Plan.Settings.Name}" : "";
            Line($"seed {Number(run.Seed)}, state hash{name} {JsonReport.Hash(host.Outcome.StateHash) ?? "none"}");
        }

        if (isFleet) Line($"seed {Number(run.Seed)}, digest {report.Digest ?? "none"}");
    }

    private void Write(HostReport host, RunSettings run)
    {
        if (host.Outcome.Samples.IsEmpty) return;
        HostSample last = host.Outcome.Samples[^1];
        if (!host.Aims.IsEmpty)
        {
            Line($"tenants, mean of the last {host.Aims[0].NrReadings} readings, {Quantity.Time(run.SampleIntervalUs)} apart");
            console.Write(Tenants(host));
        }

        if (last.Kdamonds.Any(kdamond => !kdamond.Schemes.IsEmpty))
        {
            Line("schemes (kdamond.scheme), with their effective quotas and last scores of their goals");
            console.Write(Schemes(host.Outcome.Plan, last));
        }

        if (last.Costs is not null)
        {
            Line("what tenants feel, mean of the same readings; since the start: what moved and how long they waited");
            console.Write(Feelings(host, run));
        }

        if (!host.Outcome.Periods.IsEmpty)
        {
            Line("moves of followed processes (those with a pid) between changes; places and weights at the end of each");
            console.Write(PeriodTable.Of(host.Outcome, New, Row));
        }

        if (host.Outcome.Periods.Any(period => !period.Nodes.IsEmpty))
        {
            Line("bandwidth of the nodes between changes: what moved in a second, against what can, and against the weights");
            console.Write(PeriodTable.OfBandwidth(host.Outcome, New, Row));
        }

        if (last.Kdamonds.Any(kdamond => kdamond.Pages is not null))
        {
            Line("pages by kind, at the last full count");
            console.Write(PageTables.Kinds(host.Outcome, New, Row));
        }

        Line("nodes, at the end");
        console.Write(Nodes(host.Outcome.Plan, last));
    }

    private Table Tenants(HostReport host)
    {
        Table table = New("tenant", "node", "#target", "#mean", "#sd", "#converged");
        foreach (AimResult aim in host.Aims)
        {
            string converged = aim.TargetBytes is null ? "-" : aim.ConvergedAtUs is { } at ? Quantity.Time(at) : "never";
            Row(
                table,
                aim.Aim.Name,
                Words.Node(host.Outcome.Plan, aim.Aim.Node),
                aim.TargetBytes is { } bytes ? Share(bytes, aim) : "-",
                Share(aim.MeanBytes, aim),
                Share(aim.SdBytes, aim),
                converged);
        }

        return table;
    }

    private Table Schemes(HostPlan plan, HostSample sample)
    {
        Table table = New("scheme", "action", "#tried", "#applied", "#passed filters", "#qt_exceeds", "#quota", "#score");
        for (int k = 0; k < sample.Kdamonds.Length; k++)
        {
            for (int s = 0; s < sample.Kdamonds[k].Schemes.Length; s++)
            {
                SchemeSample scheme = sample.Kdamonds[k].Schemes[s];
                SchemeStats stats = scheme.Stats;
                Row(
                    table,
                    $"{Number((ulong)k)}.{Number((ulong)s)}",
                    Words.Action(plan, k, s),
                    Quantity.Size(stats.SzTried),
                    Quantity.Size(stats.SzApplied),
                    Quantity.Size(stats.SzOpsFilterPassed),
                    Quantity.Count(stats.QtExceeds),
                    Quantity.Size(scheme.EffectiveSizeBytes),
                    scheme.Score is { } score ? Number(score) : "-");
            }
        }

        return table;
    }

    private Table Nodes(HostPlan plan, HostSample sample)
    {
        Table table = New("node", "#size", "#used", "#free", "#migrated in", "#migrated out", "#reclaimed");
        for (int i = 0; i < sample.Nodes.Length; i++)
        {
            NodeSample node = sample.Nodes[i];
            Row(
                table,
                Words.Node(plan, i),
                Quantity.Size(plan.NodeBytes(i)),
                Quantity.Size(node.UsedBytes),
                Quantity.Size(node.FreeBytes),
                Quantity.Size(node.MigratedInBytes),
                Quantity.Size(node.MigratedOutBytes),
                Quantity.Size(node.ReclaimedBytes));
        }

        return table;
    }

    private static string Share(double bytes, AimResult aim) => $"{Quantity.Size(bytes)} ({Quantity.Percent(bytes / aim.NodeBytes)})";

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A table with these columns; a leading # is for numbers, which stand to the right.</summary>
    private Table New(params string[] titles)
    {
        Table table = new() { Border = Terminal.Border(console) };
        foreach (string title in titles)
        {
            TableColumn column = new(Markup.Escape(title.TrimStart('#')));
            table.AddColumn(title.StartsWith('#') ? column.RightAligned().NoWrap() : column.NoWrap());
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <summary>A line as it is, however wide the terminal is.</summary>
    private void Line(string text) => console.Profile.Out.Writer.WriteLine(text);
}
