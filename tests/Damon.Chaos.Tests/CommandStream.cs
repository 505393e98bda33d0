using System.Collections.Concurrent;
using System.Globalization;
using Damon.Node.Commands;
using Damon.Store;
using Damon.Store.Commands;
using Damon.Store.Runs;

namespace Damon.Chaos.Tests;

/// <summary>Somebody who feeds hosts of a run all the time, and notes what was acknowledged.</summary>
/// <param name="store">The store, through the proxy.</param>
/// <param name="run">The run.</param>
/// <param name="random">What is fed, and to whom.</param>
internal sealed class CommandStream(IRunStore store, RunId run, Random random)
{
    private readonly ConcurrentDictionary<long, Sent> _acknowledged = [];

    /// <summary>A command that was acknowledged.</summary>
    public sealed record Sent(string Host, string Command, long AppliesAtNs);

    /// <summary>By sequence: what was acknowledged.</summary>
    public IReadOnlyDictionary<long, Sent> Acknowledged => _acknowledged;

    /// <summary>Sends until the run takes no more, or until it is told to stop.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        CommandDesk desk = new(store);
        while (!stop.IsCancellationRequested)
        {
            string host = ChaosFleet.Host(random.Next(ChaosFleet.Hosts));
            Order order = new(string.Create(CultureInfo.InvariantCulture, $"feed 0.0.0 {random.Next(1, 10_000)}")) { Hosts = [host], Key = Guid.CreateVersion7() };
            if (!await SendAsync(desk, order, stop)) return;
            await Task.Delay(random.Next(1, 100), CancellationToken.None);
        }
    }

    /// <summary>Sends one until somebody answers: its key makes that safe.</summary>
    private async Task<bool> SendAsync(CommandDesk desk, Order order, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                OrderReceipt receipt = await desk.SendAsync(run, order);
                if (receipt.Refusal != CommandRefusal.None) return false;
                _acknowledged[receipt.Sequence] = new Sent(order.Hosts[0], order.Command, receipt.AppliesAtNs);
                return true;
            }
            catch (StoreException)
            {
                // An unknown answer: it may be in the log. Nobody was told that it is.
                if (stop.IsCancellationRequested) return false;
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
