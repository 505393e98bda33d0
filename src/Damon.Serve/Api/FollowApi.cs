using System.Runtime.CompilerServices;
using Damon.Store;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Damon.Serve.Api;

/// <summary>Runs as they go on, and who computes them.</summary>
internal sealed class FollowApi(IRunStore store)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs/{run:long}/events", FollowAsync)
            .WithSummary("A run as server-sent events: one whenever it has gone on, at most five a second, until it is over");
        routes.MapGet("/v1/runs/{run:long}/shards", ShardsAsync).WithSummary("The shards of a run").Produces<IReadOnlyList<ShardView>>();
        routes.MapGet("/v1/nodes", NodesAsync).WithSummary("The workers").Produces<IReadOnlyList<NodeView>>();
    }

    private async Task<IResult> FollowAsync(long run, CancellationToken ct) =>
        await store.FindRunAsync(new RunId(run), ct).ConfigureAwait(false) is null
            ? RunsApi.Missing(run)
            : TypedResults.ServerSentEvents(ViewsAsync(new RunId(run), ct), "run");

    private async IAsyncEnumerable<RunView> ViewsAsync(RunId id, [EnumeratorCancellation] CancellationToken ct)
    {
        RunView? last = null;
        while (true)
        {
            long seen = store.News;
            if (await store.FindRunAsync(id, ct).ConfigureAwait(false) is not { } run) yield break;
            RunView view = RunView.Of(run);
            if (view != last) yield return view;
            if (run.State.IsOver()) yield break;
            last = view;
            await store.WaitForNewsAsync(seen, s_look, ct).ConfigureAwait(false);
            await Task.Delay(s_look / 5, ct).ConfigureAwait(false);
        }
    }

    private async Task<IResult> ShardsAsync(long run, CancellationToken ct)
    {
        IReadOnlyList<ShardEntry> shards = await store.ListShardsAsync(new RunId(run), ct).ConfigureAwait(false);
        return shards.Count == 0
            ? RunsApi.Missing(run)
            : Results.Json<IReadOnlyList<ShardView>>([.. shards.Select(ShardView.Of)], ApiJson.Default.IReadOnlyListShardView);
    }

    private async Task<IResult> NodesAsync(CancellationToken ct) => Results.Json<IReadOnlyList<NodeView>>(
        [.. (await store.ListNodesAsync(ct).ConfigureAwait(false)).Select(NodeView.Of)], ApiJson.Default.IReadOnlyListNodeView);
}
