using Damon.Model.Costs;

namespace Damon.Scenarios.Running;

/// <summary>The bandwidth of a node in a <see cref="Period"/>.</summary>
/// <param name="Memory">Its memory.</param>
/// <param name="BytesPerSecond">
/// What moved from and to it, of whoever: accesses, migrations, reclaim and refaults; the mean over the whole windows of the cost
/// model that ended in the period, bytes/s.
/// </param>
public sealed record NodePeriod(MemoryTier Memory, double BytesPerSecond)
{
    /// <summary>The share of its bandwidth that was asked for: above 1 where it was more than it can move; null: it has no limit.</summary>
    public double? Use => Memory.BandwidthBytesPerSecond == 0 ? null : BytesPerSecond / Memory.BandwidthBytesPerSecond;
}
