using System.Numerics;
using Damon.Model.Monitoring;

namespace Damon.Model.Schemes;

/// <summary>
/// How hot or cold a region is, from 0 to <see cref="Highest"/> (section 9): its access frequency and its
/// age, weighted. Signed 32-bit arithmetic that wraps around.
/// </summary>
public static class RegionScore
{
    /// <summary>The highest score.</summary>
    public const int Highest = 99;

    private const int HighestPart = 100;
    private const int HighestAgeLog = 32;

    /// <summary>The hotness of a region.</summary>
    /// <param name="nrAccesses">The region's moving sum of accesses, in samples.</param>
    /// <param name="age">Its age, in aggregations.</param>
    /// <param name="maxSamples">Samples in one aggregation, at least 1.</param>
    /// <param name="aggregationUs">The aggregation interval, in microseconds.</param>
    /// <param name="accessesWeight">The quota's weight of the access frequency.</param>
    /// <param name="ageWeight">The quota's weight of the age.</param>
    public static int Hot(uint nrAccesses, uint age, uint maxSamples, ulong aggregationUs, uint accessesWeight, uint ageWeight)
    {
        uint frequency = KernelArithmetic.MultFrac(nrAccesses, HighestPart, maxSamples);
        uint seconds = (uint)(age * aggregationUs / 1_000_000);
        int ageLog = seconds == 0 ? 0 : BitOperations.Log2(seconds) + 1;
        if (frequency == 0) ageLog = -ageLog;
        uint agePart = (uint)((ageLog + HighestAgeLog) * HighestPart / HighestAgeLog / 2);

        uint hotness = (accessesWeight * frequency) + (ageWeight * agePart);
        uint weights = accessesWeight + ageWeight;
        if (weights != 0) hotness /= weights;
        return Math.Clamp((int)hotness * Highest / HighestPart, 0, Highest);
    }

    /// <summary>The coldness of a region whose hotness is known.</summary>
    public static int Cold(int hot) => Highest - hot;
}
