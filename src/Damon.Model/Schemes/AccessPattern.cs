using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>The regions a scheme is for: bounds on size, access frequency and age, all inclusive (spec 7d).</summary>
/// <param name="MinSize">Smallest region, bytes (core address units).</param>
/// <param name="MaxSize">Largest region, bytes (core address units).</param>
/// <param name="MinNrAccesses">Lowest access frequency, samples an aggregation.</param>
/// <param name="MaxNrAccesses">Highest access frequency, samples an aggregation.</param>
/// <param name="MinAge">Lowest age, aggregations.</param>
/// <param name="MaxAge">Highest age, aggregations.</param>
public sealed record AccessPattern(
    ulong MinSize, ulong MaxSize, uint MinNrAccesses, uint MaxNrAccesses, uint MinAge, uint MaxAge)
{
    /// <summary>Every region.</summary>
    public static AccessPattern Any { get; } = new(0, ulong.MaxValue, 0, uint.MaxValue, 0, uint.MaxValue);

    /// <summary>Whether <paramref name="region"/> fits, its frequency seen through the moving sum of <paramref name="window"/> (spec 5).</summary>
    public bool Fits(in Region region, in AggregationWindow window)
    {
        ulong size = region.Size;
        uint nrAccesses = window.MovingSum(region.NrAccesses, region.LastNrAccesses);
        return MinSize <= size && size <= MaxSize
            && MinNrAccesses <= nrAccesses && nrAccesses <= MaxNrAccesses
            && MinAge <= region.Age && region.Age <= MaxAge;
    }
}
