using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Hocon.Reading;
using Damon.Scenarios.Fleets.Actors;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Results.Metrics;

/// <summary>A metric over time, of one host or of many as one.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Hosts">How many hosts it is of.</param>
/// <param name="Points">By reading, in the order of time.</param>
public sealed record MetricSeries(string Metric, int Hosts, ImmutableArray<MetricPoint> Points)
{
    /// <summary>The hosts that a name means: the host of that name, or all of a template.</summary>
    /// <param name="report">The run.</param>
    /// <param name="name">The name; null: all hosts.</param>
    /// <exception cref="MetricException">There is none.</exception>
    public static ImmutableArray<HostReport> HostsOf(RunReport report, string? name)
    {
        if (name is null) return report.Hosts;
        ImmutableArray<HostReport> hosts = [.. report.Hosts.Where(host => NameOf(host) == name)];
        if (hosts.IsEmpty) hosts = [.. report.Hosts.Where(host => TemplateOf(NameOf(host)) == name)];
        if (!hosts.IsEmpty) return hosts;
        string[] known = [.. report.Hosts.SelectMany(host => new[] { NameOf(host), TemplateOf(NameOf(host)) }).Distinct()];
        throw new MetricException($"hosts: found '{name}', which the run does not have{Hint(name, known)}");
    }

    /// <summary>The names of all metrics that some of the hosts have.</summary>
    public static ImmutableArray<string> NamesOf(ImmutableArray<HostReport> hosts) =>
        [.. hosts.SelectMany(host => HostMetric.Of(host.Outcome.Plan)).Select(metric => metric.Name).Distinct()];

    /// <summary>A metric of some hosts, made one value at each reading.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="metric">The metric's name; hosts without it do not count.</param>
    /// <param name="aggregate">How the hosts' values become one.</param>
    /// <param name="fromUs">The first instant that counts, us.</param>
    /// <param name="toUs">The last one, us.</param>
    /// <exception cref="MetricException">No host has the metric.</exception>
    public static MetricSeries Of(ImmutableArray<HostReport> hosts, string metric, FleetAggregate aggregate, ulong fromUs = 0, ulong toUs = ulong.MaxValue)
    {
        SortedDictionary<ulong, List<double>> values = [];
        int having = 0;
        foreach (HostReport host in hosts)
        {
            if (HostMetric.Of(host.Outcome.Plan).FirstOrDefault(one => one.Name == metric) is not { } found) continue;
            having++;
            foreach (HostSample sample in host.Outcome.Samples.Where(sample => sample.AtUs >= fromUs && sample.AtUs <= toUs))
            {
                if (found.Read(sample) is not { } value) continue;
                if (!values.TryGetValue(sample.AtUs, out List<double>? together)) values.Add(sample.AtUs, together = []);
                together.Add(value);
            }
        }

        if (having == 0) throw new MetricException($"metric: found '{metric}', which none of the hosts has{Hint(metric, NamesOf(hosts))}");
        return new MetricSeries(metric, having, [.. values.Select(at => new MetricPoint(at.Key, Aggregated(aggregate, at.Value)))]);
    }

    private static double Aggregated(FleetAggregate aggregate, List<double> values)
    {
        values.Sort();
        return GoalAggregator.Of(aggregate, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
    }

    private static string NameOf(HostReport host) => host.Outcome.Plan.Settings.Name;

    /// <summary>The template of a host called as one of several: what stands before its number.</summary>
    private static string TemplateOf(string host)
    {
        int dash = host.LastIndexOf('-');
        return dash > 0 && host.AsSpan(dash + 1) is { Length: > 0 } number && number.IndexOfAnyExceptInRange('0', '9') < 0 ? host[..dash] : host;
    }

    private static string Hint(string name, IEnumerable<string> known) => NearestName.Find(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}

/// <summary>A metric's value at an instant.</summary>
/// <param name="AtUs">The instant, us of virtual time.</param>
/// <param name="Value">The value, in the unit at the end of the metric's name.</param>
public readonly record struct MetricPoint(ulong AtUs, double Value);

/// <summary>A question about metrics that has no answer; the message is one sentence.</summary>
public sealed class MetricException(string message) : Exception(message);
