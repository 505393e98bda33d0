using Damon.Store;
using Prometheus;

namespace Damon.Serve;

/// <summary>What Prometheus reads of the server and its runs.</summary>
internal sealed class ServeMetrics
{
    private readonly Gauge _runs;
    private readonly Gauge _nodes;

    public ServeMetrics(IRunStore store)
    {
        Registry = Metrics.NewCustomRegistry();
        MetricFactory factory = Metrics.WithCustomRegistry(Registry);
        Acknowledged = factory.CreateCounter("damon_commands_acknowledged_total", "Commands that are durable and were acknowledged.");
        _runs = factory.CreateGauge("damon_runs", "Runs in the store by state.", "state");
        _nodes = factory.CreateGauge("damon_nodes_live", "Workers whose lease runs.");
        Registry.AddBeforeCollectCallback(ct => CollectAsync(store, ct));
    }

    public CollectorRegistry Registry { get; }

    public Counter Acknowledged { get; }

    private async Task CollectAsync(IRunStore store, CancellationToken ct)
    {
        foreach (var group in (await store.ListRunsAsync(ct: ct).ConfigureAwait(false)).GroupBy(run => run.State))
            _runs.WithLabels(Api.StateView.Word(group.Key)).Set(group.Count());
        _nodes.Set((await store.ListNodesAsync(ct).ConfigureAwait(false)).Count(node => node.IsLive));
    }
}
