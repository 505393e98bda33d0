using System.Globalization;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;
using Spectre.Console;

namespace Damon.Host.Output;

/// <summary>The table of what moved between the changes to a host.</summary>
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
}
