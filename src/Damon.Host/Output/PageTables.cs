using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Model.Memory;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;
using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>The tables of pages by kind, and of samples against full counts.</summary>
internal static class PageTables
{
    /// <summary>The pages of each kdamond that counts, at its last count.</summary>
    public static Table Kinds(HostOutcome outcome, Func<string[], Table> create, Action<Table, string[]> addRow)
    {
        Table table = create(["kdamond", "#at", "#memory", "#anon", "#file", "#active", "#huge", "by cgroup"]);
        for (int k = 0; k < outcome.Samples[^1].Kdamonds.Length; k++)
        {
            if (outcome.Samples[^1].Kdamonds[k].Pages is not { } survey) continue;
            PageCounts total = survey.Total;
            addRow(table,
            [
                Number(k),
                Quantity.Time(survey.AtUs),
                Quantity.Size(survey.Bytes),
                Quantity.Size(total.AnonBytes),
                Quantity.Size(total.FileBytes),
                Quantity.Size(total.ActiveBytes),
                Quantity.Size(total.HugeBytes),
                string.Join(", ", total.Memcgs.Select(memcg => $"{Words.Memcg(outcome.Plan, memcg)} {Quantity.Size(total.BytesOf(memcg))}")),
            ]);
        }

        return table;
    }

    /// <summary>Samples against counts, all hosts in one.</summary>
    public static Table Accuracy(IEnumerable<HostReport> hosts, Func<string[], Table> create, Action<Table, string[]> addRow)
    {
        Table table = create(
        [
            "host", "kdamond.probe", "hits", "#counted", "#sampled", "#standard error", "#error", "#of regions", "#in 2 se", "#count stale by", "#of regions",
            "#kdamond's CPU",
        ]);
        foreach (HostReport host in hosts)
        {
            foreach (ProbeAccuracy one in host.Accuracy)
            {
                addRow(table,
                [
                    host.Outcome.Plan.Settings.Name,
                    $"{Number(one.Kdamond)}.{Number(one.Slot)}",
                    Words.Probe(host.Outcome.Plan, one.Probe),
                    Quantity.Size(one.ExactBytes),
                    Quantity.Size(one.EstimateBytes),
                    Quantity.Size(one.StandardErrorBytes),
                    Quantity.Size(one.ErrorBytes),
                    Quantity.Percent(one.RegionError),
                    Quantity.Percent(one.WithinTwoErrors),
                    one.StaleErrorBytes is { } stale ? Quantity.Size(stale) : "-",
                    one.StaleRegionError is { } share ? Quantity.Percent(share) : "-",
                    Quantity.Percent(host.Outcome.Samples[^1].Kdamonds[one.Kdamond].CpuShare),
                ]);
            }
        }

        return table;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
