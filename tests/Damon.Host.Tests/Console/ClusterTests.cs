using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Damon.Store.Tests.Databases;

namespace Damon.Host.Tests.Console;

/// <summary>Processes that work together on one store: the server, workers, and who submits.</summary>
public sealed partial class ClusterTests : IDisposable
{
    private const string Fleet = Scratch.TwoTenants + """
        run { duration = 60 s, sample-interval = 10 s, window = 2, window-length = 2 s }
        hosts.web { count = 6 }
        costs.memory.counts = on
        fleet.goals.speed { metric = speed, aggregate = mean, every = 2 s }
        """;

    private readonly Scratch _scratch = new();
    private readonly string _scenario;

    public ClusterTests() => _scenario = _scratch.Write("fleet.conf", Fleet);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_run_that_a_client_submits_is_computed_by_workers_and_followed_to_its_end()
    {
        string store = _scratch["runs.db"];
        using DamonProcess server = DamonProcess.Start("serve", "--store", store, "--listen", "http://127.0.0.1:0");
        using DamonProcess worker = DamonProcess.Start("node", "--store", store, "--threads", "1");
        using HttpClient client = new() { BaseAddress = new Uri(await server.SaysAsync(Listening())) };
        string document = await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        Assert.True(JsonDocument.Parse(document).RootElement.GetProperty("paths").TryGetProperty("/v1/runs/{run}/feed", out _));

        HttpResponseMessage submitted = await client.PostAsJsonAsync("/v1/runs", new { scenario = Fleet, name = "fleet" });
        Assert.Equal(201, (int)submitted.StatusCode);
        string events = await client.GetStringAsync(new Uri("/v1/runs/1/events", UriKind.Relative));
        Assert.Contains("\"state\":\"finished\"", events, StringComparison.Ordinal);
        Assert.Contains(DigestOfOneProcess(), events, StringComparison.Ordinal);
        Assert.Contains("damon_runs", await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);

        worker.Signal("TERM");
        server.Signal("TERM");
        Assert.Equal((0, 0), (worker.Wait().Code, server.Wait().Code));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task Worker_processes_on_PostgreSQL_give_the_bits_of_one_process(string nodes)
    {
        string database = await TestPostgres.RentDatabaseAsync();
        using DamonProcess run = DamonProcess.StartWith(
            new Dictionary<string, string> { ["DAMON_STORE"] = database }, "run", _scenario, "--nodes", nodes, "--format", "json");
        Ended ended = run.Wait();
        Assert.Equal(0, ended.Code);
        Assert.Equal(DigestOfOneProcess(), DigestIn(ended));
        await TestPostgres.ReturnDatabaseAsync(database);
    }

    private string DigestOfOneProcess() => DigestIn(DamonProcess.Run("run", _scenario, "--store", "none", "--format", "json"));

    private static string DigestIn(Ended ended) => JsonDocument.Parse(ended.Stdout).RootElement.GetProperty("digest").GetString()!;

    [GeneratedRegex(@"listening on (\S+)")]
    private static partial Regex Listening();
}
