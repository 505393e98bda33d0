using Damon.Scenarios.Charts;
using Damon.Scenarios.Results;

namespace Damon.Host.Output;

/// <summary>Writes a chart of each host of a run, RUN-HOST.svg, or RUN.svg when there is only one.</summary>
internal sealed class ChartFiles
{
    private readonly string _directory;

    private ChartFiles(string directory) => _directory = directory;

    /// <summary>Makes the directory, before anything runs.</summary>
    /// <exception cref="BadInputException">It cannot be made.</exception>
    public static ChartFiles Prepare(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new ChartFiles(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"damon run: --charts: found '{directory}', allowed: a directory that can be written ({error.Message})");
        }
    }

    public void Write(RunReport report)
    {
        string run = report.Scenario.Run.Name;
        foreach (HostReport host in report.Hosts)
        {
            if (host.Outcome.Samples.IsEmpty) continue;
            string name = host.Outcome.Plan.Settings.Name;
            bool isOnly = report.Hosts.Length == 1;
            string file = string.Concat((isOnly ? run : $"{run}-{name}").Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '_'));
            LineChart chart = UsageChart.Draw(isOnly ? run : $"{run}: {name}", host.Outcome);
            File.WriteAllText(Path.Combine(_directory, file + ".svg"), chart.ToSvg());
        }
    }
}
