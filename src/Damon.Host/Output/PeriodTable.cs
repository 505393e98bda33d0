using System.Globalization;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;
using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>The tables of what moved between the changes to a host, and of the bandwidth in use.</summary>
internal static class PeriodTable
{
    public static Table Of(HostOutcome outcome, Func<string[], Table> create, Action<Table, string[]> addRow)
    {
        Table table = create(
            ["process", "from", "to", "#moved", "#of hot", "#folios", "#more than once", "#quiet for", "hot on nodes", "weights", "#off by"]);
        foreach (Period period in outcome.Periods)
        {
            foreach (ProcessPeriod process in period.Processes)
            {
                ulong hot = process.Process.NrHot * process.Process.FolioBytes;
                addRow(table,
                [
                    process.Process.Name,
                    Quantity.Time(period.FromUs),
                    Quantity.Time(period.ToUs),
                    Quantity.Size(process.MovedBytes),
                    Quantity.Percent((double)process.MovedBytes / hot),
                    Quantity.Count(process.MovedFolios),
                    Quantity.Count(process.MovedAgain),
                    Quantity.Time(period.QuietUs),
                    string.Join(" ", process.HotBytesByNode.Select((_, node) => Quantity.Percent(process.Share(node)))),
                    process.Weights.IsEmpty ? "-" : string.Join(":", process.Weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture))),
                    process.OffWeights is { } off ? Quantity.Percent(off) : "-",
                ]);
            }
        }

        return table;
    }

    /// <summary>The bandwidth of the nodes.</summary>
    public static Table OfBandwidth(HostOutcome outcome, Func<string[], Table> create, Action<Table, string[]> addRow)
    {
        Table table = create(["node", "from", "to", "#in use/s", "#of", "#use", "#of all traffic", "#by weights", "#off by"]);
        for (int node = 0; node < outcome.Plan.Tiers.Length; node++)
        {
            foreach (Period period in outcome.Periods.Where(period => !period.Nodes.IsEmpty))
            {
                double share = period.TrafficShare(node);
                double? byWeights = period.WeightShare(node);
                addRow(table,
                [
                    Words.Node(outcome.Plan, node),
                    Quantity.Time(period.FromUs),
                    Quantity.Time(period.ToUs),
                    Quantity.Size(period.Nodes[node].BytesPerSecond),
                    period.Nodes[node].Use is null ? "-" : Quantity.Size(period.Nodes[node].Memory.BandwidthBytesPerSecond),
                    period.Nodes[node].Use is { } use ? Quantity.Percent(use) : "-",
                    Quantity.Percent(share),
                    byWeights is { } weight ? Quantity.Percent(weight) : "-",
                    byWeights is { } due ? Quantity.Percent(Math.Abs(share - due)) : "-",
                ]);
            }
        }

        return table;
    }
}
