using System.Numerics;
using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>How much a scheme prefers a region when its quota does not suffice for all (spec 9).</summary>
public static class RegionPriority
{
    /// <summary>The highest score.</summary>
    public const int MaxScore = 99;

    private const int MaxAgeInLog = 32;
    private const int MaxSubscore = 100;

    /// <summary>The score of a region, 0 to <see cref="MaxScore"/>.</summary>
    /// <param name="action">The scheme's action: some prefer hot memory, some cold.</param>
    /// <param name="isVirtual">Whether the address space is a virtual one: it knows fewer preferences.</param>
    /// <param name="region">The region.</param>
    /// <param name="quota">The weights.</param>
    /// <param name="window">Where in the aggregation the context is.</param>
    /// <param name="aggregationUs">The aggregation interval, us.</param>
    public static int Of(
        SchemeAction action, bool isVirtual, in Region region, QuotaSettings quota, in AggregationWindow window, ulong aggregationUs) =>
        action switch
        {
            SchemeAction.MigrateHot => Hot(region, quota, window, aggregationUs),
            SchemeAction.LruPrio when !isVirtual => Hot(region, quota, window, aggregationUs),
            SchemeAction.PageOut or SchemeAction.MigrateCold => Cold(region, quota, window, aggregationUs),
            SchemeAction.LruDeprio when !isVirtual => Cold(region, quota, window, aggregationUs),
            _ => MaxScore,
        };

    /// <summary>The colder the higher.</summary>
    public static int Cold(in Region region, QuotaSettings quota, in AggregationWindow window, ulong aggregationUs) =>
        MaxScore - Hot(region, quota, window, aggregationUs);

    /// <summary>The hotter the higher: frequency and, by its logarithm, age; an old idle region is coldest.</summary>
    public static int Hot(in Region region, QuotaSettings quota, in AggregationWindow window, ulong aggregationUs)
    {
        unchecked
        {
            uint movingSum = window.MovingSum(region.NrAccesses, region.LastNrAccesses);
            uint frequency = KernelArithmetic.MultFrac(movingSum, MaxSubscore, window.MaxSamples);
            uint weightFrequency = quota.WeightNrAccesses;
            uint weightAge = quota.WeightAge;

            uint ageSeconds = (uint)((ulong)region.Age * aggregationUs / 1_000_000);
            int ageInLog = ageSeconds == 0 ? 0 : Math.Min(BitOperations.Log2(ageSeconds) + 1, MaxAgeInLog);
            if (frequency == 0) ageInLog = -ageInLog;
            int ageScore = (ageInLog + MaxAgeInLog) * MaxSubscore / MaxAgeInLog / 2;

            int hotness = (int)((weightFrequency * frequency) + (weightAge * (uint)ageScore));
            if (weightFrequency + weightAge != 0) hotness = (int)((uint)hotness / (weightFrequency + weightAge));
            hotness = hotness * MaxScore / MaxSubscore;
            return Math.Clamp(hotness, 0, MaxScore);
        }
    }
}
