using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.RateLimiting;
using Damon.Node.Commands;
using Damon.Serve.Api;
using Damon.Serve.Security;
using Damon.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Damon.Serve;

/// <summary>
/// The HTTP API over a store of runs. It opens no file that a caller names, holds every request to bounds of size, rate and
/// time, and can be killed at any time: what it has acknowledged is in the store.
/// </summary>
public static class Server
{
    private static readonly TimeSpan s_slowestHeaders = TimeSpan.FromSeconds(10);

    /// <summary>Builds the server; it does not listen yet.</summary>
    /// <exception cref="ArgumentException">See <see cref="ServeSettings.Problem"/>.</exception>
    public static WebApplication Build(IRunStore store, ServeSettings settings)
    {
        if (settings.Problem() is { } problem) throw new ArgumentException(problem, nameof(settings));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        // Only what must not be is told: a handler that failed.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Error);
        // A handler's failure names its request itself; an activity for each request would be made for nobody.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Bound(kestrel, settings));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.ConfigureHttpJsonOptions(json => ApplyOptions(json.SerializerOptions));
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi();
        builder.Services.AddRateLimiter(limiter => Bound(limiter, settings));
        WebApplication app = builder.Build();
        app.Use(TellErrorsAsync);
        if (settings.Address.IsLoopback) app.UseMiddleware<LoopbackNames>();
        if (settings.Token is { } token) app.UseMiddleware<TokenCheck>(token);
        app.UseRateLimiter();
        Map(app, store, settings);
        return app;
    }

    private static void Map(WebApplication app, IRunStore store, ServeSettings settings)
    {
        ServeMetrics metrics = new(store);
        new RunsApi(store, settings).Map(app);
        new CommandsApi(new CommandDesk(store), metrics).Map(app);
        new FollowApi(store).Map(app);
        new MetricsApi(store).Map(app);
        app.MapMetrics("/metrics", metrics.Registry);
        app.MapOpenApi();
        app.MapGet("/healthz", async (CancellationToken ct) =>
        {
            await store.IdentityAsync(ct).ConfigureAwait(false);
            return Results.Text("ok\n");
        }).WithSummary("Whether the store answers");
        app.MapFallback((HttpContext context) => Refusal.WriteAsync(
            context, StatusCodes.Status404NotFound, "there is nothing at this path; /openapi/v1.json lists what there is"));
    }

    private static void ApplyOptions(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
    }

    private static void Bound(KestrelServerOptions kestrel, ServeSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = settings.MostConnections;
        kestrel.Limits.MaxRequestBodySize = settings.LargestBody;
        kestrel.Limits.RequestHeadersTimeout = s_slowestHeaders;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1_000, gracePeriod: TimeSpan.FromSeconds(5));
        IPAddress ip = settings.Address.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(settings.Address.Host.Trim('[', ']'), out IPAddress? given) ? given : IPAddress.Any;
        kestrel.Listen(ip, settings.Address.Port, listen =>
        {
            if (settings.CertificateFile is { } certificate)
                listen.UseHttps(X509Certificate2.CreateFromPemFile(certificate, settings.KeyFile));
        });
    }

    private static void Bound(RateLimiterOptions limiter, ServeSettings settings)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter(
            "all", _ => new ConcurrencyLimiterOptions { PermitLimit = settings.MostRequests, QueueLimit = settings.MostRequests }));
        limiter.OnRejected = (context, _) => new ValueTask(Refusal.WriteAsync(
            context.HttpContext, StatusCodes.Status503ServiceUnavailable, "too many requests are on already, try again later"));
    }

    /// <summary>Whatever goes wrong with a request is told in one sentence.</summary>
    private static async Task TellErrorsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { StatusCode: StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType, HasStarted: false, ContentType: null })
                await Refusal.WriteAsync(context, context.Response.StatusCode, "the request's body or query is not what this path takes; see /openapi/v1.json").ConfigureAwait(false);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            string why = bad.InnerException is JsonException json ? json.Message : bad.Message;
            await Refusal.WriteAsync(context, bad.StatusCode, why).ConfigureAwait(false);
        }
        catch (StoreException silence) when (!context.Response.HasStarted)
        {
            int status = silence.Fault == StoreFault.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            await Refusal.WriteAsync(context, status, silence.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away.
        }
    }
}
