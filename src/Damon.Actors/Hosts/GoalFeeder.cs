using Damon.Actors.Costs;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;

namespace Damon.Actors.Hosts;

/// <summary>Told to a feeder by its own timer: a value is due.</summary>
public readonly record struct FeedDue;

/// <summary>A daemon in user space: reads what a tenant feels, and feeds it to a goal of user_input.</summary>
/// <param name="feed">What it feeds.</param>
/// <param name="tenant">Index of the tenant in the host's settings.</param>
/// <param name="map">Who is who.</param>
public sealed class GoalFeeder(FeedSettings feed, int tenant, HostMap map) : Actor,
    IReceive<FeedDue>
{
    private const double WholeBp = 10_000;

    /// <inheritdoc/>
    public void Receive(in FeedDue message)
    {
        TenantSample felt = map.CostMeter!.Ask<ReadCosts, CostReading>(default).Tenants[tenant];
        double value = feed.Metric switch
        {
            FedMetric.Speed => WholeBp / felt.Slowdown,
            FedMetric.ExcessSlowdown => (felt.Slowdown - 1) * WholeBp,
            _ => felt.AverageLatencyNs,
        };
        FeedEvent @event = new((ulong)Context.Now.Microseconds, feed.Kdamond, feed.Scheme, feed.Goal, (ulong)Math.Max(0, Math.Round(value)));
        map.Kdamonds[feed.Kdamond].Ask<RequestControl, Done>(new RequestControl(@event));
    }

    /// <inheritdoc/>
    protected override void OnStart() =>
        Context.StartPeriodicTimer("feed", default(FeedDue), VirtualDuration.FromMicroseconds((long)feed.EveryUs));
}
