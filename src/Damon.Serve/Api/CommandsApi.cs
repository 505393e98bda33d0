using System.Globalization;
using System.Text.Json;
using Damon.Node.Commands;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Serve.Security;
using Damon.Store.Commands;
using Damon.Store.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Damon.Serve.Api;

/// <summary>Commands for the hosts of a run, acknowledged when they are durable.</summary>
internal sealed class CommandsApi(CommandDesk desk, ServeMetrics metrics)
{
    private const double LongestS = 365 * 86_400.0;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/runs/{run:long}/commands", (long run, NewCommand wanted) =>
                wanted.AtS is null or (>= 0 and <= LongestS)
                    ? SendAsync(run, OrderOf(wanted))
                    : Task.FromResult(RunsApi.Bad(FormattableString.Invariant($"at_s: found {wanted.AtS}, allowed: 0..{LongestS}"))))
            .WithSummary("Sends a command to hosts of a run").Produces<CommandView>().Produces<Refusal>(StatusCodes.Status400BadRequest);
        routes.MapPost("/v1/runs/{run:long}/feed", (long run, NewFeed wanted) => SendAsync(run, OrderOf(wanted)))
            .WithSummary("Feeds a value to a goal of user_input").Produces<CommandView>().Produces<Refusal>(StatusCodes.Status400BadRequest);
    }

    private static Order OrderOf(NewCommand wanted) => new(wanted.Command)
    {
        Hosts = wanted.Hosts ?? [],
        AtNs = wanted.AtS is { } at ? (long)Math.Round(at * 1e9) : null,
        Key = wanted.Key,
    };

    private static Order OrderOf(NewFeed wanted) =>
        new(string.Create(CultureInfo.InvariantCulture, $"feed {wanted.Kdamond}.{wanted.Scheme}.{wanted.Goal} {wanted.Value}"))
        {
            Hosts = [wanted.Host],
            Key = wanted.Key,
        };

    private async Task<IResult> SendAsync(long run, Order order)
    {
        try
        {
            OrderReceipt receipt = await desk.SendAsync(new RunId(run), order).ConfigureAwait(false);
            if (receipt.Problem is { } problem)
                return receipt.Refusal == CommandRefusal.NoSuchRun ? RunsApi.Missing(run) : RunsApi.Conflict($"run {run}: {problem}");
            metrics.Acknowledged.Inc();
            CommandView view = new(receipt.Sequence, receipt.AppliesAtNs / 1e9);
            // Whole and with its length, where Results.Json would send it in pieces.
            return Results.Text(JsonSerializer.SerializeToUtf8Bytes(view, ApiJson.Default.CommandView), "application/json; charset=utf-8");
        }
        catch (CommandException error)
        {
            return RunsApi.Bad(error.Message);
        }
        catch (RunUnfitException error)
        {
            return error.IsMissing ? RunsApi.Missing(run) : RunsApi.Conflict(error.Message);
        }
    }
}
