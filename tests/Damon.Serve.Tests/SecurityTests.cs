using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Damon.Serve.Tests;

public sealed class SecurityTests
{
    private const string Token = "a-token-of-sixteen-or-more";

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer " + Token + "x", 401)]
    [InlineData("Basic " + Token, 401)]
    [InlineData("Bearer " + Token, 200)]
    public async Task Without_its_token_a_server_answers_nothing(string? header, int status)
    {
        await using RunningServer server = await RunningServer.StartAsync(Token);
        using HttpClient client = new() { BaseAddress = server.Address };
        foreach (string path in (string[])["/v1/runs", "/metrics", "/openapi/v1.json", "/healthz"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", null, false, "token")]
    [InlineData("http://0.0.0.0:0", Token, false, "https")]
    [InlineData("https://0.0.0.0:0", null, true, "token")]
    [InlineData("https://0.0.0.0:0", Token, false, "certificate")]
    [InlineData("ftp://127.0.0.1:0", null, false, "http://")]
    public void What_others_can_reach_needs_token_and_tls(string address, string? token, bool withCertificate, string part)
    {
        ServeSettings settings = new()
        {
            Address = new Uri(address),
            Token = token,
            CertificateFile = withCertificate ? "c.pem" : null,
            KeyFile = withCertificate ? "k.pem" : null,
            WriteReport = (_, _) => { },
        };
        Assert.Contains(part, settings.Problem(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, settings.Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_from_elsewhere_cannot_speak_for_the_machine()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/runs");
        request.Headers.Host = "evil.example";
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("include required(file(\"/etc/passwd\"))")]
    [InlineData("include required(\"../../../../etc/passwd\")")]
    [InlineData("cgroups.\"/a\".workloads = [ { masim = \"/etc/hostname\" } ]")]
    [InlineData("cgroups.\"/a\".workloads = [ { replay = \"/etc/passwd\" } ]")]
    public async Task No_path_of_the_caller_is_opened(string trick)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement answer) = await server.PostAsync("/v1/runs", new { scenario = RunningServer.Scenario + "\n" + trick });
        Assert.Equal(400, status);
        Assert.DoesNotContain("root:", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(await server.Store.ListRunsAsync());
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/v1/runs/..%2f..%2fetc%2fpasswd")]
    [InlineData("/v1/runs/99999999999999999999")]
    [InlineData("/v1/runs/-1")]
    public async Task Paths_lead_nowhere_else(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpResponseMessage response = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_hundred_megabytes_are_refused_before_they_are_read()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using TcpClient client = await ConnectAsync(server);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n"));
        byte[] answer = new byte[64];
        int read = await stream.ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("HTTP/1.1 413", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_never_ends_its_headers_is_let_go()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using TcpClient client = await ConnectAsync(server);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "));
        using StreamReader reader = new(stream);
        string answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(40));
        Assert.Contains("408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_connections_do_not_keep_others_out_for_good()
    {
        const int Most = 64;
        await using RunningServer server = await RunningServer.StartAsync(mostConnections: Most);
        List<TcpClient> crowd = [];
        try
        {
            for (int i = 0; i < 10_000; i++)
            {
                TcpClient client = await ConnectAsync(server);
                // The server closes those beyond its bound; what it has closed need not be kept here.
                if (crowd.Count < 2 * Most) crowd.Add(client);
                else client.Dispose();
            }
        }
        finally
        {
            foreach (TcpClient client in crowd) client.Dispose();
        }

        string answer = await EventuallyAsync(() => server.Client.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        Assert.Equal("ok\n", answer);
    }

    private static async Task<TcpClient> ConnectAsync(RunningServer server)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        return client;
    }

    private static async Task<string> EventuallyAsync(Func<Task<string>> ask)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException) when (i < 100)
            {
                await Task.Delay(100);
            }
        }
    }
}
