using System.Collections.Immutable;
using Damon.Node.Results;
using Damon.Scenarios.Fleets.Plans;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Metrics;
using Damon.Serve.Security;
using Damon.Store;
using Damon.Store.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Damon.Serve.Api;

/// <summary>What the hosts of a run have measured so far, metric by metric.</summary>
internal sealed class MetricsApi(IRunStore store)
{
    private const double LongestS = 365 * 86_400.0;

    private static readonly string s_aggregates = string.Join(", ", Enum.GetNames<FleetAggregate>().Select(name => name.ToLowerInvariant()));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs/{run:long}/metrics", NamesAsync)
            .WithSummary("The names of what can be asked of hosts (a host's name or a template's; none: all)").Produces<MetricNamesView>().Produces<Refusal>(StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/runs/{run:long}/series", SeriesAsync)
            .WithSummary("A metric over time, of one host or of many as one (aggregate: " + s_aggregates + ")").Produces<SeriesView>().Produces<Refusal>(StatusCodes.Status400BadRequest);
    }

    private Task<IResult> NamesAsync(long run, string? hosts, CancellationToken ct) => AnswerAsync(
        run,
        report =>
        {
            ImmutableArray<HostReport> asked = MetricSeries.HostsOf(report, hosts);
            return Results.Json(new MetricNamesView(asked.Length, MetricSeries.NamesOf(asked)), ApiJson.Default.MetricNamesView);
        },
        ct);

    private Task<IResult> SeriesAsync(
        long run, string metric, string? hosts, string? aggregate, [FromQuery(Name = "from_s")] double? fromS, [FromQuery(Name = "to_s")] double? toS,
        CancellationToken ct) => AnswerAsync(
        run,
        report =>
        {
            MetricSeries series = MetricSeries.Of(
                MetricSeries.HostsOf(report, hosts), metric, AggregateOf(aggregate), Us("from_s", fromS ?? 0), Us("to_s", toS ?? LongestS));
            double[][] points = [.. series.Points.Select(point => new[] { point.AtUs / 1e6, point.Value })];
            return Results.Json(new SeriesView(series.Metric, series.Hosts, points), ApiJson.Default.SeriesView);
        },
        ct);

    private async Task<IResult> AnswerAsync(long run, Func<RunReport, IResult> answer, CancellationToken ct)
    {
        if (await store.FindRunAsync(new RunId(run), ct).ConfigureAwait(false) is null) return RunsApi.Missing(run);
        try
        {
            return answer((await StoredRun.ReadAsync(store, new RunId(run), ct: ct).ConfigureAwait(false)).Report);
        }
        catch (MetricException error)
        {
            return RunsApi.Bad(error.Message);
        }
    }

    private static FleetAggregate AggregateOf(string? word)
    {
        if (word is null) return FleetAggregate.Mean;
        return word.Length > 0 && char.IsAsciiLetterLower(word[0]) && Enum.TryParse(word, ignoreCase: true, out FleetAggregate aggregate)
            ? aggregate
            : throw new MetricException($"aggregate: found '{word}', allowed: {s_aggregates}");
    }

    private static ulong Us(string name, double seconds) => seconds is >= 0 and <= LongestS
        ? (ulong)Math.Round(seconds * 1e6)
        : throw new MetricException(FormattableString.Invariant($"{name}: found {seconds}, allowed: 0..{LongestS}"));
}
