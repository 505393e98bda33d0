using System.Diagnostics;
using Damon.Store.Commands;
using Damon.Store.Postgres;
using Damon.Store.Runs;
using Damon.Store.Tests.Databases;
using Xunit.Abstractions;

namespace Damon.Store.Tests.Commands;

/// <summary>How many durable commands a second are acknowledged, on a real disk; what is left of it behind an HTTP server is measured there.</summary>
[Trait("Category", "Slow")]
public sealed class CommandRateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Group_commit_acknowledges_enough_a_second()
    {
        using PrivateServer server = new(inMemory: false);
        await using PostgresStore store = await PostgresStore.OpenAsync(server.ConnectionString);
        RunId run = await store.SubmitAsync(Samples.Submission());
        CommandInbox inbox = new(store);
        foreach ((int outstanding, int least) in ((int, int)[])[(1, 500), (64, 10_000), (256, 20_000)])
        {
            await SendForAsync(inbox, run, outstanding, TimeSpan.FromSeconds(1));
            double rate = await SendForAsync(inbox, run, outstanding, TimeSpan.FromSeconds(4));
            output.WriteLine($"{outstanding} outstanding: {rate:f0} commands a second");
            Assert.True(rate >= least, $"{outstanding} outstanding: found {rate:f0} commands a second, wanted {least}");
        }
    }

    private static async Task<double> SendForAsync(CommandInbox inbox, RunId run, int outstanding, TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        long acknowledged = 0;
        await Task.WhenAll(Enumerable.Range(0, outstanding).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                CommandReceipt receipt = await inbox.SendAsync(run, Samples.Feed("12345", "host-17"));
                Assert.True(receipt.IsAccepted);
                Interlocked.Increment(ref acknowledged);
            }
        })));
        return acknowledged / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
