using System.Globalization;
using Damon.Host.Output;
using Damon.Serve;
using Damon.Store;
using Microsoft.AspNetCore.Builder;

namespace Damon.Host.Commands.Store;

/// <summary><c>damon serve</c>: the HTTP API over a store.</summary>
internal static class ServeCommand
{
    private const string DefaultAddress = "http://127.0.0.1:8417";
    private const int ShortestToken = 16;

    public static int Run(ReadOnlySpan<string> words)
    {
        Arguments arguments = new(
            "serve", words, StoreOption.Option, new("--listen", "an address"), new("--token-file", "a file"), new("--certificate", "a PEM file"),
            new("--key", "a PEM file"));
        if (arguments.Others.Count > 0) throw arguments.Refuse($"found '{arguments.Others[0]}', allowed: only options");
        string listen = arguments.Value("--listen") ?? DefaultAddress;
        if (!Uri.TryCreate(listen, UriKind.Absolute, out Uri? address)) throw arguments.Refuse($"--listen: found '{listen}', allowed: an address such as {DefaultAddress}");
        ServeSettings settings = new()
        {
            Address = address,
            Token = arguments.Value("--token-file") is { } file ? Token(arguments, file) : null,
            CertificateFile = Existing(arguments, "--certificate"),
            KeyFile = Existing(arguments, "--key"),
            WriteReport = JsonReport.Write,
        };
        if (settings.Problem() is { } problem) throw arguments.Refuse($"--listen: {problem}");
        using Interruption interruption = new();
        return ServeAsync(StoreOption.Open(arguments, mustExist: false), settings, interruption.Token).GetAwaiter().GetResult();
    }

    private static async Task<int> ServeAsync(IRunStore store, ServeSettings settings, CancellationToken stop)
    {
        await using (store.ConfigureAwait(false))
        {
            WebApplication app = Server.Build(store, settings);
            await using (app.ConfigureAwait(false))
            {
                await app.StartAsync(CancellationToken.None).ConfigureAwait(false);
                Console.Error.WriteLine($"damon serve: listening on {string.Join(", ", app.Urls)}");
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    // Told to stop.
                }

                using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
                await app.StopAsync(patience.Token).ConfigureAwait(false);
                return ExitCode.Ok;
            }
        }
    }

    private static string Token(Arguments arguments, string file)
    {
        string token = File.Exists(file) ? File.ReadAllText(file).Trim() : throw arguments.Refuse($"--token-file: found no file {file}");
        if (token.Length < ShortestToken || token.AsSpan().ContainsAny(" \t\r\n"))
            throw arguments.Refuse(string.Create(CultureInfo.InvariantCulture, $"--token-file: found {token.Length} characters in {file}, allowed: one word of {ShortestToken} or more"));
        return token;
    }

    private static string? Existing(Arguments arguments, string option)
    {
        if (arguments.Value(option) is not { } file) return null;
        return File.Exists(file) ? file : throw arguments.Refuse($"{option}: found no file {file}");
    }
}
