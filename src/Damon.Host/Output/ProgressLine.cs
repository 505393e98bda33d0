using System.Diagnostics;
using System.Globalization;
using System.Text;
using Damon.Actors.Hosts;
using Damon.Scenarios;
using Damon.Scenarios.Results;
using Damon.Scenarios.Running;

namespace Damon.Host.Output;

/// <summary>
/// A line on stderr while hosts run, rewritten a few times a second: virtual time, speed, the tenants' shares. Nothing
/// when stderr is not a terminal.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int PeriodMs = 250;
    private const int MaxWidth = 118;
    private const string ClearLine = "\r\u001b[K";

    private readonly Scenario _scenario;
    private readonly IReadOnlyList<HostProgress> _progress;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _writing = new();
    private readonly Timer? _timer;
    private bool _isOver;

    public ProgressLine(Scenario scenario, IReadOnlyList<HostProgress> progress)
    {
        (_scenario, _progress) = (scenario, progress);
        if (Terminal.IsLive) _timer = new Timer(_ => Show(), null, PeriodMs, PeriodMs);
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _isOver = true;
            if (_timer is null) return;
            _timer.Dispose();
            Console.Error.Write(ClearLine);
        }
    }

    /// <summary>The line for a moment.</summary>
    internal static string Text(Scenario scenario, IReadOnlyList<HostProgress> progress, double wallSeconds)
    {
        ulong least = progress.Min(host => host.NowUs);
        double virtualSeconds = progress.Sum(host => host.NowUs / 1e6);
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{Quantity.Time(least / 1_000_000 * 1_000_000)} of {Quantity.Time(scenario.Run.DurationUs)}");
        line.Append(CultureInfo.InvariantCulture, $"  {virtualSeconds / Math.Max(wallSeconds, 0.001):0} x real time");
        if (progress.Count > 1) line.Append(CultureInfo.InvariantCulture, $"  {progress.Count} hosts");
        else if (progress[0].LastSample is { } sample) AppendShares(line, scenario.Hosts[0], sample);
        return line.Length > MaxWidth ? line.ToString(0, MaxWidth) : line.ToString();
    }

    private static void AppendShares(StringBuilder line, HostPlan plan, HostSample sample)
    {
        foreach (Aim aim in plan.Aims)
        {
            double share = (double)UsageSeries.Bytes(aim, sample) / plan.NodeBytes(aim.Node);
            line.Append(CultureInfo.InvariantCulture, $"  {aim.Name} {Quantity.Percent(share)}");
            if (aim.TargetBp is { } target) line.Append(CultureInfo.InvariantCulture, $" of {Quantity.Percent(target / 10_000.0)}");
        }
    }

    private void Show()
    {
        lock (_writing)
        {
            if (!_isOver) Console.Error.Write(ClearLine + Text(_scenario, _progress, _watch.Elapsed.TotalSeconds));
        }
    }
}
