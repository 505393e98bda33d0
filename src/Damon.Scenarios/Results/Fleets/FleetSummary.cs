using System.Collections.Immutable;
using System.Globalization;

namespace Damon.Scenarios.Results.Fleets;

/// <summary>A fleet's hosts on one page: how their main figures are spread, and which of them do worst.</summary>
/// <param name="Hosts">By host: its figures.</param>
/// <param name="Figures">How figures are spread over the hosts of each template.</param>
/// <param name="Worst">
/// The hosts that do worst, the worst one first: those that failed, then those whose tenants are slowed down most, or without that who misses
/// most targets and moves most.
/// </param>
public sealed record FleetSummary(ImmutableArray<HostFigures> Hosts, ImmutableArray<FigureSpread> Figures, ImmutableArray<HostFigures> Worst)
{
    private const int WorstShown = 5;

    /// <summary>The summary of a report.</summary>
    public static FleetSummary Of(RunReport report)
    {
        ImmutableArray<HostFigures> hosts = [.. report.Hosts.Select(host => HostFigures.Of(host, report.Scenario.Run))];
        var figures = ImmutableArray.CreateBuilder<FigureSpread>();
        foreach (IGrouping<string, HostFigures> template in hosts.GroupBy(host => host.Report.Outcome.Plan.Template))
            figures.AddRange(Spreads(template.Key, [.. template]));
        IEnumerable<HostFigures> worst = hosts.OrderBy(host => host.Report.Outcome.Failure is null)
            .ThenByDescending(host => host.Slowdown ?? 0).ThenByDescending(host => host.Missed).ThenByDescending(host => host.MigratedBytes);
        return new FleetSummary(hosts, figures.ToImmutable(), [.. worst.Take(WorstShown)]);
    }

    private static IEnumerable<FigureSpread> Spreads(string template, HostFigures[] hosts)
    {
        IEnumerable<FigureSpread?> spreads =
        [
            FigureSpread.Of(template, "migrated", FigureUnit.Bytes, hosts, host => host.MigratedBytes),
            FigureSpread.Of(template, "reclaimed", FigureUnit.Bytes, hosts, host => host.ReclaimedBytes > 0 ? host.ReclaimedBytes : null),
            .. Tenants(hosts).Select(path => FigureSpread.Of(template, $"slowdown of {path}", FigureUnit.Ratio, hosts, host => SlowdownOf(host, path))),
            .. Targets(hosts).Select(name => FigureSpread.Of(template, $"{name} converged", FigureUnit.Microseconds, hosts, host => ConvergedAt(host, name))),
        ];
        return spreads.OfType<FigureSpread>();
    }

    /// <summary>The cgroups; slots have now this tenant and now that one, of which the fleet's course tells.</summary>
    private static IEnumerable<string> Tenants(HostFigures[] hosts) => hosts.Select(host => host.Report.Outcome.Plan)
        .SelectMany(plan => plan.Settings.Memcgs.Where((_, memcg) => plan.Tenants?.HasMemcg(memcg) != true)).Select(memcg => memcg.Path).Distinct();

    private static IEnumerable<string> Targets(HostFigures[] hosts) =>
        hosts.SelectMany(host => host.Report.Aims).Where(aim => aim.TargetBytes is not null).Select(NameOf).Distinct();

    private static double? SlowdownOf(HostFigures host, string path)
    {
        for (int i = 0; i < host.TenantSlowdowns.Length; i++)
        {
            if (host.Report.Outcome.Plan.Settings.Memcgs[i].Path == path) return host.TenantSlowdowns[i];
        }

        return null;
    }

    private static double? ConvergedAt(HostFigures host, string name) =>
        host.Report.Aims.FirstOrDefault(aim => aim.TargetBytes is not null && NameOf(aim) == name)?.ConvergedAtUs;

    private static string NameOf(AimResult aim) => aim.Aim.Memcg is null
        ? aim.Aim.Name
        : string.Create(CultureInfo.InvariantCulture, $"{aim.Aim.Name} on node {aim.Aim.Node}");
}
