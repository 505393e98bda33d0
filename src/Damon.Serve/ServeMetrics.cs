using Damon.Store;
using Damon.Store.Runs;
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
        ILookup<RunState, Run> runs = (await store.ListRunsAsync(ct: ct).ConfigureAwait(false)).ToLookup(run => run.State);
        foreach (RunState state in Enum.GetValues<RunState>()) _runs.WithLabels(Api.StateView.Word(state)).Set(runs[state].Count());
        _nodes.Set((await store.ListNodesAsync(ct).ConfigureAwait(false)).Count(node => node.IsLive));
    }
}
