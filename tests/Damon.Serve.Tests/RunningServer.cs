using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Damon.Store.Memory;
using Microsoft.AspNetCore.Builder;

namespace Damon.Serve.Tests;

/// <summary>A server that listens on a port of its own, over a store in memory.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    // The client's own; the server has none that looks at types.
    private static readonly JsonSerializerOptions s_anything = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>A scenario that is read in moments.</summary>
    public const string Scenario = """
        run { duration = 30 s, sample-interval = 1 s, window = 2 }
        hosts.web { count = 3 }
        machine { page-size = 1 MiB, nodes = [ { size = 64 MiB }, { size = 64 MiB, tier = cxl } ] }
        cgroups { "/a" { workloads = [ { kind = uniform, size = 16 MiB, rate = 50 } ] } }
        damo = "damo start --numa_node 0 --damos_action migrate_cold 1 --damos_quota_interval 1s --damos_quota_goal user_input 5000 4000"
        """;

    private readonly WebApplication _app;

    private RunningServer(WebApplication app, MemoryStore store, string? token)
    {
        (_app, Store) = (app, store);
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null) Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public MemoryStore Store { get; }

    public Uri Address { get; }

    /// <summary>A client that carries the server's token.</summary>
    public HttpClient Client { get; }

    public static async Task<RunningServer> StartAsync(string? token = null, int mostConnections = 1_024)
    {
        MemoryStore store = new();
        WebApplication app = Server.Build(store, new ServeSettings
        {
            Address = new Uri("http://127.0.0.1:0"),
            Token = token,
            MostConnections = mostConnections,
            WriteReport = (report, stream) => stream.Write(Encoding.UTF8.GetBytes($"{{\"hosts\": {report.Hosts.Length}}}")),
        });
        await app.StartAsync();
        return new RunningServer(app, store, token);
    }

    /// <summary>Posts JSON and gives back the status and the answer.</summary>
    public async Task<(int Status, JsonElement Answer)> PostAsync(string path, object body)
    {
        using StringContent content = new(JsonSerializer.Serialize(body, s_anything), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Gets JSON.</summary>
    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    /// <summary>Submits the scenario.</summary>
    public async Task<long> SubmitAsync()
    {
        (int status, JsonElement answer) = await PostAsync("/v1/runs", new { scenario = Scenario });
        Assert.Equal(201, status);
        return answer.GetProperty("id").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
        await Store.DisposeAsync();
    }
}
