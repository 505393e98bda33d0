using System.Text.Json;
using Damon.Node;
using Damon.Store.Runs;

namespace Damon.Serve.Tests;

public sealed class ApiTests
{
    [Fact]
    public async Task A_run_is_submitted_computed_followed_and_reported()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        long run = await server.SubmitAsync();
        using CancellationTokenSource over = new();
        await using Worker worker = new(server.Store, new WorkerSettings { Name = "w", Threads = 1 });
        Task working = worker.RunAsync(over.Token);

        Assert.Contains("damon_runs{state=\"running\"} 1", await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        string events = await server.Client.GetStringAsync(new Uri($"/v1/runs/{run}/events", UriKind.Relative));
        await over.CancelAsync();
        await working;
        string[] data = [.. events.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])];
        JsonElement last = JsonDocument.Parse(data[^1]).RootElement;
        Assert.Equal("finished", last.GetProperty("state").GetString());
        Assert.Equal(30, last.GetProperty("done_s").GetDouble());
        Assert.Equal(16, last.GetProperty("digest").GetString()!.Length);
        Assert.Equal("{\"hosts\": 3}", await server.Client.GetStringAsync(new Uri($"/v1/runs/{run}/report", UriKind.Relative)));
        string metrics = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("damon_runs{state=\"finished\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("damon_runs{state=\"running\"} 0", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_in_the_log_when_it_is_acknowledged_and_its_key_keeps_it_single()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        long run = await server.SubmitAsync();
        Guid key = Guid.NewGuid();
        var feed = new { host = "web-1", value = 1234, key };
        (int status, JsonElement first) = await server.PostAsync($"/v1/runs/{run}/feed", feed);
        (_, JsonElement again) = await server.PostAsync($"/v1/runs/{run}/feed", feed);
        Assert.Equal(200, status);
        Assert.Equal(1, first.GetProperty("sequence").GetInt64());
        Assert.Equal(2, first.GetProperty("applies_at_s").GetDouble());
        Assert.Equal(1, again.GetProperty("sequence").GetInt64());
        Assert.Equal(1, (await server.Store.FindRunAsync(new RunId(run)))!.LastCommand);
    }

    [Fact]
    public async Task States_change_as_they_may()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        long run = await server.SubmitAsync();
        Assert.Equal(200, (await server.PostAsync($"/v1/runs/{run}/pause", new { })).Status);
        Assert.Equal(200, (await server.PostAsync($"/v1/runs/{run}/unpause", new { })).Status);
        Assert.Equal(200, (await server.PostAsync($"/v1/runs/{run}/stop", new { })).Status);
        Assert.Equal(409, (await server.PostAsync($"/v1/runs/{run}/pause", new { })).Status);
        using HttpResponseMessage removed = await server.Client.DeleteAsync(new Uri($"/v1/runs/{run}", UriKind.Relative));
        Assert.Equal(204, (int)removed.StatusCode);
        using HttpResponseMessage shards = await server.Client.GetAsync(new Uri($"/v1/runs/{run}/shards", UriKind.Relative));
        Assert.Equal(404, (int)shards.StatusCode);
        Assert.Equal(404, (await server.PostAsync($"/v1/runs/{run}/feed", new { host = "web-1", value = 1 })).Status);
    }

    [Theory]
    [InlineData("feed", """{"host": "web-9", "value": 1}""", 400, "did you mean 'web-0'")]
    [InlineData("feed", """{"host": "database", "value": 1}""", 400, "allowed: web-0, web-1, web-2")]
    [InlineData("feed", """{"host": "web-1", "value": 1, "goal": 7}""", 400, "0.0.0")]
    [InlineData("feed", """{"host": "web-1", "valeu": 1}""", 400, "valeu")]
    [InlineData("feed", """{"host": """, 400, "")]
    [InlineData("commands", """{"command": "tune damo tune --damos_action nothing"}""", 400, "nothing")]
    [InlineData("commands", """{"command": "reboot"}""", 400, "found the command 'reboot'")]
    [InlineData("commands", """{"command": "stop 0", "at_s": -1}""", 400, "at_s: found -1")]
    public async Task Bad_requests_are_told_in_one_sentence(string path, string body, int status, string part)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        long run = await server.SubmitAsync();
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await server.Client.PostAsync(new Uri($"/v1/runs/{run}/{path}", UriKind.Relative), content);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        string sentence = JsonDocument.Parse(answer).RootElement.GetProperty("error").GetString()!;
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", sentence, StringComparison.Ordinal);
        Assert.Equal(0, (await server.Store.FindRunAsync(new RunId(run)))!.LastCommand);
    }

    [Fact]
    public async Task The_document_of_the_api_lists_its_paths()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement document = JsonDocument.Parse(await server.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).RootElement;
        Assert.True(document.GetProperty("paths").TryGetProperty("/v1/runs/{run}/feed", out _));
        Assert.True(document.GetProperty("paths").TryGetProperty("/v1/runs", out _));
    }

    [Fact]
    public async Task Metrics_of_hosts_are_told_over_time()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        long run = await server.SubmitAsync();
        using CancellationTokenSource over = new();
        await using Worker worker = new(server.Store, new WorkerSettings { Name = "w", Threads = 1 });
        Task working = worker.RunAsync(over.Token);
        await server.Client.GetStringAsync(new Uri($"/v1/runs/{run}/events", UriKind.Relative));
        await over.CancelAsync();
        await working;

        JsonElement names = await server.GetAsync($"/v1/runs/{run}/metrics?hosts=web");
        Assert.Equal(3, names.GetProperty("hosts").GetInt32());
        Assert.Contains("node.1.used_bytes", names.GetProperty("metrics").EnumerateArray().Select(name => name.GetString()));
        JsonElement sum = await server.GetAsync($"/v1/runs/{run}/series?metric=/a.node.0.resident_bytes&aggregate=sum&from_s=1&to_s=3");
        Assert.Equal((3, 3), (sum.GetProperty("hosts").GetInt32(), sum.GetProperty("points").GetArrayLength()));
        Assert.Equal((1.0, 3.0 * (16 << 20)), (sum.GetProperty("points")[0][0].GetDouble(), sum.GetProperty("points")[0][1].GetDouble()));
        JsonElement one = await server.GetAsync($"/v1/runs/{run}/series?metric=kdamond.0.scheme.0.applied_bytes&hosts=web-1");
        Assert.Equal(1, one.GetProperty("hosts").GetInt32());
    }

    [Theory]
    [InlineData("series?metric=node.0.usd_bytes", "did you mean 'node.0.used_bytes'?")]
    [InlineData("series?metric=node.0.used_bytes&hosts=wep", "did you mean 'web'?")]
    [InlineData("series?metric=node.0.used_bytes&aggregate=median", "allowed: mean, p50, p95, max, min, sum")]
    [InlineData("series?metric=node.0.used_bytes&aggregate=1", "allowed: mean, p50")]
    [InlineData("series?metric=node.0.used_bytes&from_s=-1", "from_s: found -1")]
    [InlineData("series", "metric")]
    [InlineData("metrics?hosts=web-7", "found 'web-7'")]
    public async Task Questions_about_metrics_without_an_answer_are_told_why(string path, string part)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        long run = await server.SubmitAsync();
        using HttpResponseMessage response = await server.Client.GetAsync(new Uri($"/v1/runs/{run}/{path}", UriKind.Relative));
        Assert.Equal(400, (int)response.StatusCode);
        string? error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString();
        Assert.Contains(part, error, StringComparison.Ordinal);
    }
}
