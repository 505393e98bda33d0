using System.Globalization;
using Damon.Hocon;
using Damon.Node;
using Damon.Node.Results;
using Damon.Scenarios;
using Damon.Scenarios.Bundles;
using Damon.Serve.Security;
using Damon.Store;
using Damon.Store.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Damon.Serve.Api;

/// <summary>Runs: submit, list, look at, pause, stop, remove, report.</summary>
internal sealed class RunsApi(IRunStore store, ServeSettings settings)
{
    private const double LongestS = 365 * 86_400.0;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/runs", SubmitAsync).WithSummary("Submits a run").Produces<RunView>(StatusCodes.Status201Created).Produces<Refusal>(StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/runs", ListAsync).WithSummary("The newest runs").Produces<IReadOnlyList<RunView>>();
        routes.MapGet("/v1/runs/{run:long}", FindAsync).WithSummary("A run").Produces<RunView>().Produces<Refusal>(StatusCodes.Status404NotFound);
        routes.MapDelete("/v1/runs/{run:long}", PruneAsync).WithSummary("Removes a run that is over").Produces(StatusCodes.Status204NoContent).Produces<Refusal>(StatusCodes.Status409Conflict);
        routes.MapGet("/v1/runs/{run:long}/report", ReportAsync).WithSummary("What a run has come to so far, as damon run --format json prints it");
        MapState(routes, "pause", RunState.Paused, "Pauses a run behind the window that is on");
        MapState(routes, "unpause", RunState.Running, "Lets a paused or stopped run go on");
        MapState(routes, "stop", RunState.Stopped, "Stops a run");
    }

    private void MapState(IEndpointRouteBuilder routes, string word, RunState state, string summary) => routes
        .MapPost($"/v1/runs/{{run:long}}/{word}", (long run) => ChangeAsync(run, state))
        .WithSummary(summary).Produces<StateView>().Produces<Refusal>(StatusCodes.Status409Conflict);

    private async Task<IResult> SubmitAsync(NewRun wanted, CancellationToken ct)
    {
        if (wanted.DurationS is not (null or (>= 0.001 and <= LongestS))) return Bad($"duration_s: found {wanted.DurationS}, allowed: 0.001..{LongestS}");
        try
        {
            Dictionary<string, string> files = new(wanted.Files ?? new Dictionary<string, string>(), StringComparer.Ordinal);
            string name = wanted.Name + ".conf";
            if (!files.TryAdd(name, wanted.Scenario)) return Bad($"files: found '{name}', which is the scenario's own name");
            RunOverrides overrides = new(wanted.Seed, wanted.DurationS is { } seconds ? (ulong)Math.Round(seconds * 1e6) : null);
            (ScenarioBundle bundle, Scenario scenario) = ScenarioBundle.Of(name, files, overrides);
            RunId id = await Submission.SubmitAsync(store, bundle, scenario, ct).ConfigureAwait(false);
            Run run = (await store.FindRunAsync(id, ct).ConfigureAwait(false))!;
            return Results.Json(RunView.Of(run), ApiJson.Default.RunView, statusCode: StatusCodes.Status201Created);
        }
        catch (HoconException error)
        {
            return Bad(error.All[0].Message);
        }
        catch (BundleException error)
        {
            return Bad(error.Message);
        }
    }

    private async Task<IResult> ListAsync(int? limit, CancellationToken ct)
    {
        const int Most = 1_000;
        IReadOnlyList<Run> runs = await store.ListRunsAsync(Math.Clamp(limit ?? 100, 1, Most), ct: ct).ConfigureAwait(false);
        return Results.Json<IReadOnlyList<RunView>>([.. runs.Select(RunView.Of)], ApiJson.Default.IReadOnlyListRunView);
    }

    private async Task<IResult> FindAsync(long run, CancellationToken ct) =>
        await store.FindRunAsync(new RunId(run), ct).ConfigureAwait(false) is { } found ? Results.Json(RunView.Of(found), ApiJson.Default.RunView) : Missing(run);

    private async Task<IResult> PruneAsync(long run, CancellationToken ct) =>
        await store.PruneAsync(new RunId(run), ct).ConfigureAwait(false)
            ? Results.NoContent()
            : Conflict($"run {run} is not over: stop it first");

    private async Task<IResult> ChangeAsync(long run, RunState state)
    {
        if (await store.FindRunAsync(new RunId(run)).ConfigureAwait(false) is not { } found) return Missing(run);
        if (await store.ChangeStateAsync(new RunId(run), state).ConfigureAwait(false)) return Results.Json(new StateView(StateView.Word(state)), ApiJson.Default.StateView);
        return Conflict($"run {run} is {StateView.Word(found.State)} and cannot be {StateView.Word(state)}");
    }

    private async Task<IResult> ReportAsync(long run, CancellationToken ct)
    {
        if (await store.FindRunAsync(new RunId(run), ct).ConfigureAwait(false) is null) return Missing(run);
        StoredRun stored = await StoredRun.ReadAsync(store, new RunId(run), ct: ct).ConfigureAwait(false);
        using MemoryStream json = new();
        settings.WriteReport(stored.Report, json);
        return Results.Bytes(json.ToArray(), "application/json");
    }

    internal static IResult Missing(long run) => Results.Json(
        new Refusal(string.Create(CultureInfo.InvariantCulture, $"there is no run {run}")), ApiJson.Default.Refusal, statusCode: StatusCodes.Status404NotFound);

    internal static IResult Bad(string sentence) => Results.Json(new Refusal(sentence), ApiJson.Default.Refusal, statusCode: StatusCodes.Status400BadRequest);

    internal static IResult Conflict(string sentence) => Results.Json(new Refusal(sentence), ApiJson.Default.Refusal, statusCode: StatusCodes.Status409Conflict);
}
