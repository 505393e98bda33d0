using System.Globalization;
using Damon.Scenarios.Results;

namespace Damon.Host.Commands.Store;

/// <summary>What differs between the reports of two runs, in words.</summary>
internal static class ReportDifference
{
    private const int MostLines = 20;

    /// <summary>A line for each host that differs, and one more when there are many.</summary>
    public static IEnumerable<string> Lines(RunReport left, RunReport right)
    {
        Dictionary<string, HostReport> others = right.Hosts.ToDictionary(host => host.Outcome.Plan.Settings.Name);
        List<string> lines = [];
        foreach (HostReport host in left.Hosts)
        {
            string name = host.Outcome.Plan.Settings.Name;
            if (!others.Remove(name, out HostReport? other)) lines.Add($"  {name}: only in the first");
            else if (Difference(host, other) is { } difference) lines.Add($"  {name}: {difference}");
        }

        lines.AddRange(others.Keys.Select(name => $"  {name}: only in the second"));
        if (lines.Count == 0) yield return "no host differs in what is reported";
        foreach (string line in lines.Take(MostLines)) yield return line;
        if (lines.Count > MostLines) yield return $"  and {lines.Count - MostLines} hosts more";
    }

    private static string? Difference(HostReport left, HostReport right)
    {
        if (left.Outcome.StateHash == right.Outcome.StateHash && left.Outcome.EndUs == right.Outcome.EndUs) return null;
        int readings = Math.Min(left.Outcome.Samples.Length, right.Outcome.Samples.Length);
        for (int i = 0; i < readings; i++)
        {
            for (int n = 0; n < left.Outcome.Samples[i].Nodes.Length && n < right.Outcome.Samples[i].Nodes.Length; n++)
            {
                (ulong one, ulong other) = (left.Outcome.Samples[i].Nodes[n].UsedBytes, right.Outcome.Samples[i].Nodes[n].UsedBytes);
                if (one == other) continue;
                string at = string.Create(CultureInfo.InvariantCulture, $"{left.Outcome.Samples[i].AtUs / 1e6:0.###} s");
                return $"from {at} on, node {n} uses {Quantity.Size(one)} and {Quantity.Size(other)}";
            }
        }

        return "another state at the end";
    }
}
